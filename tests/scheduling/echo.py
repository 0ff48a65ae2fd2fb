"""The smallest application: it answers with how much it was sent."""


def app(environ, start_response):
    body = environ["wsgi.input"].read()
    answer = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']} {len(body)} {body[-3:]!r}\n"
    start_response("200 OK", [("Content-Length", str(len(answer)))])
    return [answer.encode()]
