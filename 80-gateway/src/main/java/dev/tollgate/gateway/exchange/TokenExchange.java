// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.exchange;

import dev.tollgate.gateway.Credentials;
import dev.tollgate.gateway.ToolCall;
import dev.tollgate.gateway.exchange.Grounds.Actor;
import dev.tollgate.gateway.exchange.Grounds.Subject;
import dev.tollgate.gateway.exchange.TokenAnswer.Code;
import dev.tollgate.gateway.stage.Contain;
import dev.tollgate.gateway.stage.Journal;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Received;
import dev.tollgate.governance.halt.HaltSubject;
import dev.tollgate.governance.oversight.Oversight;
import dev.tollgate.identity.TokenIssuer;
import dev.tollgate.identity.bound.Holding;
import dev.tollgate.identity.bound.Holding.Shown.Keys;
import dev.tollgate.identity.bound.Replays;
import dev.tollgate.policy.Bundles;
import dev.tollgate.policy.DecisionPoint;
import dev.tollgate.terms.AgentId;
import dev.tollgate.terms.Confirmation;
import dev.tollgate.terms.Presentation;
import dev.tollgate.terms.Presentation.Remedy;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Hands out bearer tokens (RFC 8693, RFC 7523): who may have one, for whom, for what, for how long. Each is in the log
/// before it is handed out, and each refusal before it is told. Safe for many threads.
public final class TokenExchange {
    /// In the log, the tool of a request for a token.
    public static final ToolName TOOL = new ToolName("oauth_token");

    private static final String UNAVAILABLE = "no token can be issued now, try again";

    private final Grounds grounds;
    private final Bundles bundles;
    private final TokenIssuer issuer;
    private final Contain contain;
    private final Oversight people;
    private final Journal journal;
    private final Holding holding;
    private final Replays uses;
    private final Set<String> places;
    private final InstantSource clock;

    /// @param grounds whom this deployment believes
    /// @param contain charges each request to the agent, and stops who is stopped
    /// @param journal writes the log
    /// @param holding what requests show to hold; tokens are bound to it
    /// @param uses    proofs that were taken, on all nodes
    /// @param places  names of this gateway that a token may be asked for
    public TokenExchange(
            Grounds grounds,
            Bundles bundles,
            TokenIssuer issuer,
            Contain contain,
            Oversight people,
            Journal journal,
            Holding holding,
            Replays uses,
            Set<String> places,
            InstantSource clock) {
        this.grounds = grounds;
        this.bundles = bundles;
        this.issuer = issuer;
        this.contain = contain;
        this.people = people;
        this.journal = journal;
        this.holding = holding;
        this.uses = uses;
        this.places = Set.copyOf(places);
        this.clock = clock;
    }

    /// What came of a request.
    public TokenAnswer apply(TokenRequest request) {
        return switch (bundles.active()) {
            case Step.Refused<DecisionPoint> _ -> new TokenAnswer.Refused(Code.TEMPORARILY_UNAVAILABLE, UNAVAILABLE);
            case Step.Passed<DecisionPoint> passed -> under(passed.state(), request);
        };
    }

    private TokenAnswer under(DecisionPoint policy, TokenRequest request) {
        Found<Keys> keys = targeted(request).then(_ -> shown(request));
        Found<Actor> actor = keys.then(_ -> actor(request, policy));
        Found<TokenAnswer.Issued> issued =
                keys.then(shown -> actor.then(proven -> subject(request, shown.cnf(), policy, proven)
                        .then(whom -> new Granting(policy, clock.instant())
                                .grant(request, shown.cnf(), proven, whom, places)
                                .then(granted -> charged(request, policy, granted)
                                        .then(_ -> taken(shown, proven, whom))
                                        .then(_ -> issued(request, policy, proven, whom, granted))))));
        return switch (issued) {
            case Found.Yes<TokenAnswer.Issued> yes -> yes.it();
            case Found.No<TokenAnswer.Issued> no -> refused(request, actor, no);
        };
    }

    private Found<Boolean> targeted(TokenRequest request) {
        return places.containsAll(request.places())
                ? Found.yes(true)
                : Found.no(
                        Code.INVALID_TARGET,
                        "this server issues tokens for its own gateway only: name no other `resource` or `audience`",
                        "target");
    }

    /// What the request shows to hold. A proof is looked at before anything else, so that its refusal says nothing of
    /// the tokens beside it.
    private Found<Keys> shown(TokenRequest request) {
        if (request.how().fault().isPresent()) {
            return Found.no(
                    Code.INVALID_CLIENT, "the certificate of the connection does not count here", "certificate");
        }
        return switch (holding.shown(request.how())) {
            case Keys keys -> Found.yes(keys);
            case Holding.Shown.Nothing nothing ->
                nothing.fault().remedy() == Remedy.NONCE
                        ? Found.no(
                                Code.USE_DPOP_NONCE,
                                "make a new proof with the nonce of this answer",
                                nothing.fault().word())
                        : Found.no(
                                Code.INVALID_DPOP_PROOF,
                                "make a new proof for this very request, with a key of its own header",
                                nothing.fault().word());
        };
    }

    /// By its token, or by the certificate of the connection; by both, they are of one workload.
    private Found<Actor> actor(TokenRequest request, DecisionPoint policy) {
        if (request.actor().isPresent()) {
            return grounds.actor(request.actor().get(), policy.bundle())
                    .then(proven -> Grounds.itself(proven, request.how().certificate()));
        }
        return request.how()
                .certificate()
                .map(shown -> Grounds.certified(shown, policy.bundle(), clock.instant()))
                .orElseGet(() -> Found.no(
                        Code.INVALID_REQUEST,
                        "name `actor_token`, or come with the agent's certificate",
                        "actor-none"));
    }

    private Found<Subject> subject(TokenRequest request, Confirmation cnf, DecisionPoint policy, Actor actor) {
        return grounds.subject(request.ask()).then(whom -> switch (whom) {
            case Subject.Person person -> Found.yes(person);
            case Subject.Allowed allowed -> forClient(allowed, actor);
            case Subject.Held held -> handed(cnf, policy, held);
        });
    }

    /// The provider allowed one client; another one got hold of the words.
    private Found<Subject> forClient(Subject.Allowed allowed, Actor actor) {
        boolean same = allowed.client().equals(actor.agent().id().value())
                || actor.agent()
                        .workload()
                        .filter(workload -> workload.id().toString().equals(allowed.client()))
                        .isPresent();
        boolean here = allowed.resource().map(places::contains).orElse(true);
        return same && here
                ? Found.yes(allowed)
                : Found.no(
                        Code.INVALID_GRANT,
                        "the assertion is for another client or another resource",
                        "assertion-client");
    }

    /// Who was stopped hands nothing on, and a token that is bound to a key is handed on only by who holds the key.
    private Found<Subject> handed(Confirmation cnf, DecisionPoint policy, Subject.Held held) {
        boolean key =
                !held.delegation().cnf().bound() || held.delegation().cnf().equals(cnf);
        boolean free = policy.bundle().principal(held.delegation()) instanceof Step.Passed<Principal>(Principal who)
                && held.delegation().actors().stream().allMatch(name -> free(who, new AgentId(name)));
        return key && free
                ? Found.yes(held)
                : Found.no(
                        Code.INVALID_GRANT,
                        "this token cannot be handed on: its key was not proven, or its holder was stopped",
                        key ? "chain-stopped" : "chain-key");
    }

    private boolean free(Principal who, AgentId name) {
        HaltSubject subject = new HaltSubject(
                name,
                who.agentType(),
                Optional.of(who.delegation().session()),
                Optional.of(who.delegation().task()),
                who.user(),
                who.tenant(),
                Optional.of(TOOL),
                Set.of(),
                Optional.empty());
        return people.check(subject, who.delegation().issued()) instanceof Step.Passed<HaltSubject>;
    }

    /// A token costs the agent a call, so that nobody fills the log at the door's pace.
    private Found<Boolean> charged(TokenRequest request, DecisionPoint policy, Granting.Granted granted) {
        ToolCall call = new ToolCall(
                request.id(),
                TOOL,
                new Value.Fields(Map.of()),
                Optional.empty(),
                ToolCall.ModelFacts.NONE,
                Optional.empty(),
                "oauth");
        Received received =
                new Received(new Credentials(Optional.empty(), Presentation.bearer()), call, clock.instant());
        return switch (contain.question(new Authenticated(received, policy, granted.principal()))) {
            case Step.Passed<?> _ -> Found.yes(true);
            case Step.Refused<?> refused ->
                refused.why() instanceof Refusal.OverBudget || refused.why() instanceof Refusal.Halted
                        ? Found.no(
                                Code.ACCESS_DENIED,
                                "the agent was stopped or has no calls left: wait, or ask its owner",
                                refused.why().code())
                        : Found.no(
                                Code.TEMPORARILY_UNAVAILABLE,
                                UNAVAILABLE,
                                refused.why().code());
        };
    }

    /// Last of all, so that a mistake uses nothing up.
    private Found<Boolean> taken(Keys shown, Actor actor, Subject whom) {
        Found<Boolean> key = shown.proof().map(this::used).orElseGet(() -> Found.yes(true));
        Found<Boolean> proof = key.then(yes ->
                actor.once() ? once(actor.proof(), actor.until(), Code.INVALID_CLIENT, "actor-used") : Found.yes(yes));
        return proof.then(yes -> whom instanceof Subject.Allowed allowed
                ? once(allowed.proof(), allowed.until(), Code.INVALID_GRANT, "assertion-used")
                : Found.yes(yes));
    }

    private Found<Boolean> used(Holding.Proof proof) {
        return switch (holding.use(proof)) {
            case FIRST -> Found.yes(true);
            case AGAIN ->
                Found.no(Code.INVALID_DPOP_PROOF, "this proof was used before: make a fresh one", "proof-replayed");
            case UNKNOWN -> Found.no(Code.TEMPORARILY_UNAVAILABLE, UNAVAILABLE, "store");
        };
    }

    private Found<Boolean> once(String proof, Instant until, Code code, String detail) {
        return switch (uses.take(proof, until)) {
            case FIRST -> Found.yes(true);
            case AGAIN -> Found.no(code, "this proof was used before: present a fresh one", detail);
            case UNKNOWN -> Found.no(Code.TEMPORARILY_UNAVAILABLE, UNAVAILABLE, "store");
        };
    }

    private Found<TokenAnswer.Issued> issued(
            TokenRequest request, DecisionPoint policy, Actor actor, Subject whom, Granting.Granted granted) {
        TokenIssuer.Issued made = issuer.issued(granted.grant());
        Instant until = made.delegation().expires();
        return switch (journal.delegated(request.id(), policy.bundle().version(), made, actor.by(), ground(whom))) {
            case Step.Refused<Long> _ -> Found.no(Code.TEMPORARILY_UNAVAILABLE, UNAVAILABLE, "unrecorded");
            case Step.Passed<Long> _ ->
                Found.yes(new TokenAnswer.Issued(
                        SecretValue.of(made.token()),
                        Duration.between(made.delegation().issued(), until),
                        made.delegation().scopes(),
                        made.delegation().task().value(),
                        made.delegation().session().value(),
                        made.delegation().cnf()));
        };
    }

    private static String ground(Subject whom) {
        return switch (whom) {
            case Subject.Person _ -> "person";
            case Subject.Allowed _ -> "assertion";
            case Subject.Held _ -> "handed-on";
        };
    }

    private TokenAnswer refused(TokenRequest request, Found<Actor> actor, Found.No<TokenAnswer.Issued> no) {
        Optional<AgentId> agent = actor instanceof Found.Yes<Actor>(Actor proven)
                ? Optional.of(proven.agent().id())
                : Optional.empty();
        return switch (journal.notIssued(request.id(), agent, no.error().word() + " " + no.detail())) {
            case Step.Passed<Long> _ -> new TokenAnswer.Refused(no.error(), no.why());
            case Step.Refused<Long> _ -> new TokenAnswer.Refused(Code.TEMPORARILY_UNAVAILABLE, UNAVAILABLE);
        };
    }
}
