// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.app;

import dev.tollgate.audit.DecisionCounts;
import dev.tollgate.console.Console;
import dev.tollgate.console.access.AccessPage;
import dev.tollgate.console.agents.AgentsPage;
import dev.tollgate.console.approvals.ApprovalViews;
import dev.tollgate.console.approvals.ApprovalsPage;
import dev.tollgate.console.audit.AuditPage;
import dev.tollgate.console.changes.ChangesPage;
import dev.tollgate.console.exceptions.ExceptionsPage;
import dev.tollgate.console.oidc.OidcClient;
import dev.tollgate.console.oidc.OidcSignIn;
import dev.tollgate.console.overview.OverviewPage;
import dev.tollgate.console.passkey.Ceremonies;
import dev.tollgate.console.passkey.Challenges;
import dev.tollgate.console.person.Codes;
import dev.tollgate.console.person.Passkeys;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.person.Sessions;
import dev.tollgate.console.policy.PolicyPage;
import dev.tollgate.console.signin.SignIn;
import dev.tollgate.console.web.Site;
import dev.tollgate.governance.approval.ApprovalLimits;
import dev.tollgate.governance.journal.ChangeJournal;
import dev.tollgate.governance.oversight.Stops;
import dev.tollgate.secrets.Lease;
import dev.tollgate.server.Server;
import dev.tollgate.store.SingleUse;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.UserId;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The console of a node: its people, its pages, its place among the doors.
final class ConsoleRoom {
    /// One exchange of a code for a token.
    private static final Duration SECRET_TIME = Duration.ofMinutes(1);

    private ConsoleRoom() {}

    /// The doors of the console.
    ///
    /// @param port that the server listens on
    static Server.More doors(Foundations base, Governance people, AuditRoom log, int port) {
        Site site = site(base.configuration(), port);
        People known = new People(base.bundles());
        Passkeys passkeys = new Passkeys(base.store(), base.clock());
        Sessions sessions = new Sessions(base.store(), known, base.clock(), base.random());
        Challenges challenges =
                new Challenges(base.keys().console(), new SingleUse(base.store()), base.clock(), base.random());
        Ceremonies ceremonies = new Ceremonies(site, passkeys, challenges);
        ApprovalsPage approvals = new ApprovalsPage(
                people.oversight().approvals(),
                ceremonies,
                base.clock(),
                new ApprovalViews(known, ApprovalLimits.DEFAULT));
        OverviewPage overview = new OverviewPage(
                approvals,
                people.exceptions().queue(),
                people.oversight().halts(),
                new DecisionCounts(base.store()),
                known,
                base.clock());
        Optional<OidcSignIn> provider = client(base, site)
                .map(client ->
                        new OidcSignIn(client, challenges, known, sessions, passkeys, codes(base), base.clock()));
        Console console = new Console(
                site,
                sessions,
                known,
                challenges,
                new SignIn(ceremonies, codes(base), passkeys, known, sessions, provider.map(OidcSignIn::name)),
                provider,
                List.of(
                        overview,
                        approvals,
                        new ExceptionsPage(
                                people.exceptions().queue(), known, base.bundles(), log.questions(), base.clock()),
                        new ChangesPage(new ChangeJournal(base.store(), base.clock()), Rollbacks.desk(base), known),
                        new AgentsPage(
                                new Stops(
                                        people.oversight().halts(),
                                        people.oversight().approvals(),
                                        base.bundles()),
                                log.questions(),
                                known),
                        new AccessPage(AccessBooks.of(base), known),
                        new AuditPage(log.questions(), known, base.clock()),
                        new PolicyPage(base.bundles(), known, base.clock())));
        return new Server.More(console.doors(), console::close, Optional.of(site.at("approvals/")));
    }

    private static Optional<OidcClient> client(Foundations base, Site site) {
        return base.configuration()
                .console()
                .map(asked -> new OidcClient(
                        asked.issuer(),
                        asked.client(),
                        asked.secret().map(name -> () -> secret(base, name)),
                        asked.claim(),
                        URI.create(site.at(OidcSignIn.BACK))));
    }

    private static Optional<SecretValue> secret(Foundations base, String name) {
        return base.secrets().lease(name, SECRET_TIME) instanceof Step.Passed<Lease> leased
                ? Optional.of(leased.state().secret())
                : Optional.empty();
    }

    /// Where browsers find the console: passkeys need a name, so this machine is `localhost` and not its address.
    static Site site(Configuration configuration, int port) {
        String scheme = configuration.access().tls().isPresent() ? "https" : "http";
        return new Site(configuration.listen().url().orElseGet(() -> URI.create(scheme + "://localhost:" + port)));
    }

    /// A one-time code for a person of the active bundle; nothing when the bundle does not know them.
    static Optional<String> enrol(Foundations base, String user) {
        return new People(base.bundles())
                .find(new UserId(user))
                .map(person -> codes(base).issue(person.user()));
    }

    /// Whom to enrol first: nobody once anybody has a passkey.
    static Optional<Person> first(Foundations base) {
        return new Passkeys(base.store(), base.clock()).none() ? new People(base.bundles()).first() : Optional.empty();
    }

    private static Codes codes(Foundations base) {
        return new Codes(base.store(), base.clock(), base.random());
    }
}
