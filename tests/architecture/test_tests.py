import ast
from fnmatch import fnmatch

from tests import both_databases
from tests.architecture import sources


def functions(path):
    """The functions of a test module and of its classes, with what they are marked as."""
    for node in sources.tree(path).body:
        if isinstance(node, ast.FunctionDef):
            yield node
        elif isinstance(node, ast.ClassDef):
            yield from (item for item in node.body if isinstance(item, ast.FunctionDef))


def is_autouse(function):
    return any("autouse" in ast.unparse(mark) for mark in function.decorator_list)


def named(path):
    """Every name that a module reads, parameters included, since they name fixtures."""
    for node in ast.walk(sources.tree(path)):
        match node:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)):
                yield text


def test_every_function_in_a_test_module_is_a_test_or_is_used():
    # A test whose name lacks its first word is never run, and nobody misses it.
    lost = [
        f"{sources.name(path)}: {function.name}"
        for path in sources.test_modules()
        for names in [set(named(path))]
        for function in functions(path)
        if not function.name.startswith(("test_", "__"))
        if function.name not in names and not is_autouse(function)
    ]

    assert lost == []


def test_no_test_has_the_name_of_another_in_its_module():
    # The second would replace the first without a word.
    doubled = [
        f"{sources.name(path)}: {function.name}"
        for path in sources.test_modules()
        for body in bodies(path)
        for function in body
        if sum(other.name == function.name for other in body) > 1
    ]

    assert doubled == []


def bodies(path):
    module = sources.tree(path)
    for node in (module, *(item for item in module.body if isinstance(item, ast.ClassDef))):
        yield [item for item in node.body if isinstance(item, ast.FunctionDef)]


def test_every_test_asserts():
    checks = checking_functions()

    silent = [
        f"{sources.name(path)}: {function.name}"
        for path in sources.test_modules()
        for function in functions(path)
        if function.name.startswith("test_")
        if not (asserts(function) or checks & set(called(function)))
    ]

    assert silent == []


def checking_functions():
    """The tests' own functions that assert on behalf of a test."""
    return {
        node.name
        for path in sources.TESTS.rglob("*.py")
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_")
        if asserts(node)
    }


def asserts(function):
    """Whether it asserts, or expects an error or something of a page."""
    return any(
        isinstance(node, ast.Assert) or expects_status(node) for node in ast.walk(function)
    ) or any(
        word == "raises" or word.startswith(("assert_", "expect")) for word in called(function)
    )


def expects_status(node):
    """``browser.get(url, status=403)``: the browser holds the answer to it."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr not in {"get", "post", "submit"}:
        return False
    return any(keyword.arg == "status" for keyword in node.keywords) or any(
        (isinstance(given, ast.Constant) and type(given.value) is int)
        or (isinstance(given, ast.Name) and given.id == "status")
        for given in node.args[1:]
    )


def test_every_place_that_is_named_for_both_databases_is_there():
    # A module that was renamed would leave PostgreSQL without a word.
    names = [str(path) for path in sources.test_modules()]

    assert [
        one for one in both_databases.PATTERNS if not any(fnmatch(name, one) for name in names)
    ] == []


def called(function):
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func).split(".")[-1]
