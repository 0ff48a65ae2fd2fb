"""After the county's days a reply to the office tells no more who gave it."""

from datetime import timedelta

from tests.factories import complaints
from tests.factories.keeping import DAYS, set_days
from tests.factories.ledger import done
from tests.telling.test_asking import QUESTION
from tests.telling.test_tracking import with_word
from training_oversight import clock
from training_oversight.accounts import queries as accounts
from training_oversight.complaints import service as complaining
from training_oversight.complaints.jobs import forget_contacts
from training_oversight.telling import queries, service


def test_a_reply_is_covered_with_the_words_of_the_order(county):
    order, today = with_word(complaints.assigned, county), clock.today()
    done(service.ask, order, question=QUESTION, by=complaints.desk(county), today=today)
    system = accounts.system(county.session)
    said = "三楼。我叫林素问，电话138 0013 8000"
    done(service.reply, order, words=said, by=system, now=clock.now())
    written, clerk = complaints.ANSWER, complaints.desk(county)
    done(complaining.submit, order, written, by=complaints.handler(county), today=today)
    done(complaining.approve, order, by=complaints.head(county), today=today)
    complaints.called(county, order)
    done(complaining.close, order, by=clerk, today=today)
    set_days(county, "contact_kept")

    assert forget_contacts(today + timedelta(days=DAYS + 1)).done == 1

    county.session.expire_all()
    [question] = queries.questions(county.session, order.id)
    assert question.reply == "三楼。我叫****，电话****"
