// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.oauth;

import dev.tollgate.gateway.exchange.TokenAnswer;
import dev.tollgate.gateway.exchange.TokenAnswer.Code;
import dev.tollgate.gateway.exchange.TokenExchange;
import dev.tollgate.gateway.exchange.TokenRequest;
import dev.tollgate.server.http.Body;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonWriter;
import dev.tollgate.terms.RevealsSecret;
import dev.tollgate.terms.Scope;
import dev.tollgate.terms.SecretValue;
import dev.tollgate.terms.Value;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// `POST /oauth/token`.
public final class TokenDoor implements Door {
    /// Where it is.
    public static final String PATH = "/oauth/token";

    static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    static final String ASSERTION = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TYPES = "urn:ietf:params:oauth:token-type:";
    private static final String ACCESS_TOKEN = TYPES + "access_token";
    private static final String JWT = TYPES + "jwt";
    private static final Map<String, TokenRequest.Kind> KINDS = Map.of(
            TYPES + "id_token",
            TokenRequest.Kind.ID_TOKEN,
            ACCESS_TOKEN,
            TokenRequest.Kind.ACCESS_TOKEN,
            JWT,
            TokenRequest.Kind.JWT);

    /// How a client says that it proves itself by a JWT (RFC 7523 §2.2, and the same by a JWT-SVID).
    private static final String CLIENT = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String SVID = "urn:ietf:params:oauth:client-assertion-type:jwt-spiffe";

    private static final String GROUNDS = "name `subject_token` and `actor_token` with their types";

    private final TokenExchange exchange;
    private final Supplier<Optional<String>> nonce;
    private final Counter answers;

    /// @param nonce    a fresh one for proofs, when they must carry one
    /// @param registry counts answers
    public TokenDoor(TokenExchange exchange, Supplier<Optional<String>> nonce, PrometheusRegistry registry) {
        this.exchange = exchange;
        this.nonce = nonce;
        this.answers = Counter.builder()
                .name("tollgate_tokens_total")
                .help("Requests for bearer tokens by grant and outcome: issued, or the error")
                .labelNames("grant", "outcome")
                .register(registry);
        answers.initLabelValues("exchange", "issued");
    }

    @Override
    public void serve(Turn turn) {
        if (!turn.method().equals("POST")) {
            Problems.methodNotAllowed(turn, "POST");
            return;
        }
        turn.with("Pragma", "no-cache");
        String type = turn.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        boolean form = type.split(";", 2)[0].strip().equals(FORM)
                && turn.header("Content-Encoding").isEmpty();
        if (!form || turn.query().isPresent()) {
            refuse(turn, "none", Code.INVALID_REQUEST, "send one form as the body, `" + FORM + "`, and no query");
            return;
        }
        if (!turn.headers("Authorization").isEmpty()) {
            refuse(turn, "none", Code.INVALID_CLIENT, "agents prove themselves by `actor_token` or `client_assertion`");
            return;
        }
        switch (turn.body()) {
            case Body.Whole whole ->
                TokenForm.read(whole.bytes())
                        .ifPresentOrElse(
                                asked -> granted(turn, asked),
                                () -> refuse(turn, "none", Code.INVALID_REQUEST, "the form can be read in two ways"));
            case Body.TooLarge _ -> refuse(turn.closing(), "none", Code.INVALID_REQUEST, "the form is too large");
            case Body.TooSlow _, Body.Broken _ ->
                refuse(turn.closing(), "none", Code.INVALID_REQUEST, "the form did not arrive");
        }
    }

    private void granted(Turn turn, TokenForm form) {
        switch (form.one("grant_type").orElse("")) {
            case EXCHANGE -> exchanged(turn, form);
            case ASSERTION -> asserted(turn, form);
            case "" -> refuse(turn, "none", Code.INVALID_REQUEST, "name a `grant_type`");
            default ->
                refuse(turn, "none", Code.UNSUPPORTED_GRANT_TYPE, "use token exchange or an assertion of a provider");
        }
    }

    private void exchanged(Turn turn, TokenForm form) {
        Optional<String> subject = form.one("subject_token");
        Optional<TokenRequest.Kind> kind = form.one("subject_token_type").map(KINDS::get);
        Optional<String> actor =
                form.one("actor_token_type").filter(JWT::equals).flatMap(_ -> form.one("actor_token"));
        boolean wanted = form.one("requested_token_type")
                .map(type -> type.equals(ACCESS_TOKEN) || type.equals(JWT))
                .orElse(true);
        boolean agent = actor.isPresent()
                || (form.one("actor_token").isEmpty()
                        && form.one("actor_token_type").isEmpty()
                        && turn.credentials().how().certificate().isPresent());
        if (subject.isEmpty() || kind.isEmpty() || !agent || !wanted) {
            refuse(turn, "exchange", Code.INVALID_REQUEST, wanted ? GROUNDS : "this server issues access tokens only");
            return;
        }
        TokenRequest.Ask ask = new TokenRequest.Ask.Exchange(SecretValue.of(subject.get()), kind.get());
        answer(turn, "exchange", request(turn, form, ask, actor));
    }

    private void asserted(Turn turn, TokenForm form) {
        Optional<String> assertion = form.one("assertion");
        Optional<String> client = form.one("client_assertion_type")
                .filter(type -> type.equals(CLIENT) || type.equals(SVID))
                .flatMap(_ -> form.one("client_assertion"));
        if (assertion.isEmpty() || client.isEmpty()) {
            refuse(turn, "assertion", Code.INVALID_REQUEST, "name `assertion`, and `client_assertion` with its type");
            return;
        }
        TokenRequest.Ask ask = new TokenRequest.Ask.Assertion(SecretValue.of(assertion.get()));
        answer(turn, "assertion", request(turn, form, ask, client));
    }

    private static TokenRequest request(Turn turn, TokenForm form, TokenRequest.Ask ask, Optional<String> actor) {
        List<String> places = new ArrayList<>(form.all("resource"));
        places.addAll(form.all("audience"));
        return new TokenRequest(
                turn.id(),
                ask,
                actor.map(SecretValue::of),
                turn.credentials().how(),
                form.one("scope"),
                places,
                new TokenRequest.Task(
                        form.one("workflow"),
                        form.one("step"),
                        form.one("task"),
                        form.one("session"),
                        form.one("customer"),
                        form.one("case"),
                        form.one("request")));
    }

    private void answer(Turn turn, String grant, TokenRequest request) {
        switch (exchange.apply(request)) {
            case TokenAnswer.Refused refused -> refuse(turn, grant, refused.error(), refused.why());
            case TokenAnswer.Issued issued -> issue(turn, grant, issued);
        }
    }

    @RevealsSecret("the token goes to the agent that proved itself, in this answer and nowhere else")
    private void issue(Turn turn, String grant, TokenAnswer.Issued issued) {
        Map<String, Value> members = new TreeMap<>();
        members.put("access_token", Value.of(issued.token().reveal()));
        members.put("issued_token_type", Value.of(ACCESS_TOKEN));
        members.put("token_type", Value.of(issued.cnf().jkt().isPresent() ? "DPoP" : "Bearer"));
        members.put("expires_in", Value.of(issued.life().toSeconds()));
        members.put(
                "scope",
                Value.of(String.join(
                        " ",
                        issued.scopes().stream().map(Scope::toString).sorted().toList())));
        members.put("task", Value.of(issued.task()));
        members.put("session", Value.of(issued.session()));
        answers.labelValues(grant, "issued").inc();
        turn.reply(200, ByteBuffer.wrap(JsonWriter.bytes(new Value.Fields(members))));
    }

    private void refuse(Turn turn, String grant, Code error, String why) {
        answers.labelValues(grant, error.word()).inc();
        Map<String, Value> members = new TreeMap<>();
        members.put("error", Value.of(error.word()));
        members.put("error_description", Value.of(why));
        if (error == Code.USE_DPOP_NONCE) {
            nonce.get().ifPresent(fresh -> turn.with("DPoP-Nonce", fresh));
        }
        if (error == Code.TEMPORARILY_UNAVAILABLE) {
            turn.with("Retry-After", "1");
        }
        turn.reply(error.status(), ByteBuffer.wrap(JsonWriter.bytes(new Value.Fields(members))));
    }
}
