"""Who may change what, written down a second time: a mark made weaker by mistake is noticed.

What a view is marked with is read by the guard; this table is read by people. An address
that takes a form stands here, or this test names it.
"""

from training_oversight.accounts.permissions import Permission
from training_oversight.web import marks

P = Permission
MAY_CHANGE = {
    marks.PUBLIC: """
        accounts.language accounts.sign_in complaint_form.state complaint_form.tell
        complaint_form.track families.sign_up families.status""",
    marks.SIGNED_IN: """
        accounts.choose accounts.delegate accounts.password accounts.sign_out
        accounts.sign_out_everywhere accounts.sign_out_others accounts.take_back
        errands.stop files.drop files.send saved.change saved.columns saved.new saved.remove""",
    (P.EDIT_REGISTRY,): """
        joining.compare joining.distinct joining.undo maps.locate maps.place
        registry.add_licence registry.add_venue registry.announce_end registry.annual_checks
        registry.assign
        registry.assign_many registry.change_licence registry.change_venue registry.convert
        registry.create registry.edit registry.end_venue registry.hand_over
        registry.licence_event registry.main_venue
        registry.strike_off registry.warning registry.withdraw_end registry.confirm_unlicensed
        registry.take_back_unlicensed leads.unlicensed""",
    (P.IMPORT_REGISTRY,): """
        checking.columns checking.forget checking.start imports.columns imports.confirm
        imports.decide imports.decide_all imports.discard imports.resume
        imports.sheet imports.start imports.undo""",
    (P.CLOSE_INSTITUTION,): "registry.close registry.lift registry.reopen",
    (P.SEE_PERSONAL_DATA,): "registry.account registry.landlord registry.phone",
    (P.LOG_VISIT,): """
        field.acts field.from_phone field.receive
        inspections.answers inspections.approval inspections.correct inspections.entered
        inspections.finish inspections.fix inspections.inspect inspections.join inspections.log
        inspections.new_finding inspections.new_problem inspections.not_possible
        inspections.photos inspections.plan inspections.position inspections.problem
        inspections.set_aside inspections.start ledger.plan
        leads.follow leads.follow_today leads.hand_on leads.reopen leads.set_aside""",
    (P.ENTER_LEAD,): "leads.new",
    (P.PLAN_CAMPAIGN,): """
        campaigns.add campaigns.ask campaigns.close campaigns.discard campaigns.edit
        campaigns.exempt campaigns.explain campaigns.hand_over campaigns.new campaigns.owe_again
        campaigns.papers campaigns.plan_visits campaigns.proposed campaigns.replan campaigns.rescope
        campaigns.return_report campaigns.revise campaigns.start campaigns.submit campaigns.table
        campaigns.take_out campaigns.take_report campaigns.take_zero campaigns.waive_report""",
    (P.APPROVE_CAMPAIGN,): "campaigns.approve campaigns.reopen campaigns.return_",
    (P.APPROVE_VISIT,): "inspections.approvals",
    (P.REGISTER_ITEM,): "ledger.register",
    (P.MANAGE_ITEM,): """
        ledger.apply ledger.assign_many ledger.edit ledger.platform_many ledger.provisional
        ledger.report_second ledger.set_limit""",
    (P.VERIFY_ITEM,): "ledger.verify",
    (P.APPROVE_CLOSE_OUT,): """
        ledger.close ledger.close_directly ledger.reopen ledger.return_ ledger.supervision
        ledger.void""",
    (P.EXPORT_REGISTRY,): "dossier.print_many exports.export exports.export_chosen",
    (P.EXPORT_LEDGER,): "ledger.export ledger.export_chosen",
    (P.DRAFT_NOTICE,): "notices.draft notices.edit",
    (P.APPROVE_NOTICE,): "notices.approve notices.return_ notices.revoke",
    (P.DRAFT_NOTICE, P.APPROVE_NOTICE): "notices.withdraw",
    (P.SERVE_NOTICE,): "notices.complete_announcement notices.failed notices.serve",
    (P.RAISE_CASE,): "enforcement.choose_items enforcement.open_case",
    (P.RAISE_CASE, P.CONVENE_CASE): """
        enforcement.add_items enforcement.add_task enforcement.edit_task
        enforcement.remove_item""",
    (P.CONVENE_CASE,): """
        enforcement.cancel enforcement.conclude enforcement.convene enforcement.insist
        enforcement.redirect enforcement.release enforcement.set_aside""",
    (P.VIEW_COMPLAINTS,): "complaints.contact",
    (P.LOG_COMPLAINT,): "complaints.clear complaints.keep_draft complaints.take",
    (P.LOG_COMPLAINT, P.ASSIGN_COMPLAINT): "complaints.correct",
    (P.ASSIGN_COMPLAINT,): """
        complaints.accept complaints.assign complaints.call complaints.close complaints.decline
        complaints.merge complaints.platform complaints.platform_many complaints.settle
        orders.answer orders.columns orders.confirm orders.discard orders.extension
        orders.give_up orders.return_ orders.start orders.states""",
    (P.HANDLE_COMPLAINT,): "complaints.answer complaints.object_ rewards.propose",
    (P.HANDLE_COMPLAINT, P.ASSIGN_COMPLAINT): "asking.ask asking.read complaints.link",
    (P.ASSIGN_COMPLAINT, P.DECIDE_COMPLAINT): "complaints.hand complaints.urge",
    (P.DECIDE_COMPLAINT,): """
        complaints.again complaints.approve complaints.decide complaints.give_back
        rewards.approve rewards.refuse rewards.withdraw""",
    (P.RELEASE_MESSAGE,): "correspondence.drop correspondence.hand_over correspondence.release",
    (P.HANDLE_TASK,): "enforcement.accept enforcement.give_back enforcement.report",
    (P.ENTER_REFUND,): """
        refunds.agree refunds.balance refunds.check refunds.contact refunds.correct
        refunds.dispute refunds.enter_list refunds.new refunds.open_event refunds.pay
        refunds.platform refunds.platform_many refunds.table""",
    (P.PAY_REWARD,): "rewards.claim rewards.pay",
    (P.MANAGE_REFUND,): """
        refunds.announce refunds.close_event refunds.reopen_event refunds.take_back
        refunds.void_part refunds.withdraw""",
    (P.PREPARE_PUBLICATION,): """
        publication.discard publication.new publication.refresh publication.remove
        publication.restore publication.submit""",
    (P.APPROVE_PUBLICATION,): "publication.approve publication.return_ publication.withdraw",
    (P.MANAGE_CATALOGUE,): """
        catalogue.authority catalogue.calendar_days catalogue.end
        catalogue.entry catalogue.map_geocoder catalogue.map_outline catalogue.map_tiles
        catalogue.new catalogue.remove_outline catalogue.take_back_day rewards.rules_page""",
    (P.MANAGE_OFFICERS,): """
        officers.add officers.end officers.reset_password officers.resume officers.show
        officers.withdraw_rights""",
    (P.CONFIRM_RIGHTS,): "officers.refuse_rights officers.rights",
}
# What anybody may read without signing in.
PUBLIC = """
    accounts.sign_in complaint_form.state complaint_form.tell complaint_form.told
    complaint_form.track design.show desk.root
    families.sign_up families.signed_up families.status field.shell field.who field.worker
    scheduling.healthz short.sign_up short.start public.batch
    public.batches
    public.current public.entry public.home public.table"""


def asked(app, rule):
    access = marks.access_of(app.view_functions[rule.endpoint])
    return access if isinstance(access, str) else frozenset(access)


def test_every_address_that_takes_a_form_asks_for_the_right_written_here(app):
    wanted = {
        endpoint: who if isinstance(who, str) else frozenset(who)
        for who, endpoints in MAY_CHANGE.items()
        for endpoint in endpoints.split()
    }

    found = {
        rule.endpoint: asked(app, rule)
        for rule in app.url_map.iter_rules()
        if "POST" in rule.methods
    }

    assert found == wanted


def test_nothing_more_is_public_than_is_written_here(app):
    found = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and rule.endpoint != "static"
        if asked(app, rule) == marks.PUBLIC
    }

    assert found == set(PUBLIC.split())
