// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.oidc;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.passkey.Challenges;
import dev.tollgate.console.person.Codes;
import dev.tollgate.console.person.Passkeys;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.person.Sessions;
import dev.tollgate.console.web.Visit;
import dev.tollgate.terms.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way in by an OpenID provider. A browser that sets out takes a sealed errand with it, from which state, nonce
/// and PKCE verifier follow; only the same browser comes back with it, once, within minutes.
public final class OidcSignIn {
    /// Where a browser sets out, below `/console/`.
    public static final String PATH = "oidc";

    /// Where it comes back.
    public static final String BACK = "oidc/back";

    private static final Logger LOG = LoggerFactory.getLogger(OidcSignIn.class);
    private static final String PURPOSE = "oidc";

    /// A real errand has 75 characters.
    private static final int ERRAND_CHARS_MAX = 128;

    /// Codes and states of real providers have at most some thousand characters.
    private static final int PARAMETER_CHARS_MAX = 8_192;

    private static final String DOWN =
            "The place where people sign in does not answer. Try again in a while; what agents"
                    + " may do does not depend on it.";
    private static final String NOT_YOU =
            "You signed in, but this console knows nobody of that name. Ask whoever keeps the" + " policy bundle.";
    private static final String AGAIN = "This sign-in was not finished, is too old or was used before. Begin again.";

    private final OidcProvider provider;
    private final OidcClient client;
    private final Challenges challenges;
    private final People people;
    private final Sessions sessions;
    private final Passkeys passkeys;
    private final Codes codes;

    public OidcSignIn(
            OidcClient client,
            Challenges challenges,
            People people,
            Sessions sessions,
            Passkeys passkeys,
            Codes codes,
            InstantSource clock) {
        this.client = client;
        this.provider = new OidcProvider(client, clock);
        this.challenges = challenges;
        this.people = people;
        this.sessions = sessions;
        this.passkeys = passkeys;
        this.codes = codes;
    }

    /// What came of a visit.
    ///
    /// @param session what the browser keeps from now on, when somebody is in
    /// @param errand  what the browser takes along; nothing ends one
    public record Trip(Answer answer, Optional<String> session, Optional<String> errand) {
        static Trip said(int status, String heading, String words) {
            return new Trip(new Answer.Said(status, heading, words, "sign-in"), Optional.empty(), Optional.empty());
        }
    }

    /// What the page after it shows.
    ///
    /// @param user who is in
    /// @param code with which a passkey can be enrolled; empty when there is one
    public record Entered(String user, String code) {}

    /// Whether a path is one of these.
    public static boolean isHere(String path) {
        return path.equals(PATH) || path.equals(BACK);
    }

    /// The provider's name for people.
    public String name() {
        return client.issuer().getHost();
    }

    /// Answers a visit.
    ///
    /// @param errand what the browser took along; may be empty
    public Trip answer(Visit visit, String errand) {
        if (visit.post()) {
            return Trip.said(405, "That is not how to sign in", AGAIN);
        }
        try {
            return visit.path().equals(PATH) ? out() : back(visit, errand);
        } catch (OidcProvider.Failed failed) {
            LOG.atWarn()
                    .setMessage("sign-in at the OpenID provider failed")
                    .addKeyValue("why", failed.getMessage())
                    .log();
            return Trip.said(503, "Signing in does not work just now", DOWN);
        }
    }

    private Trip out() throws OidcProvider.Failed {
        byte[] errand = challenges.issue(PURPOSE);
        return new Trip(
                new Answer.Away(provider.authorization(bond(errand))), Optional.empty(), Optional.of(text(errand)));
    }

    private Trip back(Visit visit, String errand) throws OidcProvider.Failed {
        String state = visit.query().getOrDefault("state", "");
        String code = visit.query().getOrDefault("code", "");
        byte[] taken = errand.length() > ERRAND_CHARS_MAX ? new byte[0] : bytes(errand);
        if (code.isEmpty()
                || code.length() + state.length() > PARAMETER_CHARS_MAX
                || !same(state, bond(taken).state())
                || !challenges.use(PURPOSE, taken)) {
            return Trip.said(403, "You are not signed in", AGAIN);
        }
        Optional<Person> person =
                provider.person(code, bond(taken)).flatMap(OidcSignIn::user).flatMap(people::find);
        return person.map(this::in).orElseGet(() -> Trip.said(403, "You are not signed in", NOT_YOU));
    }

    private Trip in(Person person) {
        boolean signs = !passkeys.of(person.user()).isEmpty();
        Entered entered = new Entered(person.user().value(), signs ? "" : codes.issue(person.user()));
        return new Trip(
                new Answer.Whole(200, "Signed in", "entered", entered),
                Optional.of(sessions.begin(person.user())),
                Optional.empty());
    }

    /// Whoever is no possible person is nobody.
    private static Optional<UserId> user(String claimed) {
        try {
            return Optional.of(new UserId(claimed));
        } catch (IllegalArgumentException strange) {
            return Optional.empty();
        }
    }

    private OidcProvider.Bond bond(byte[] errand) {
        return new OidcProvider.Bond(
                text(challenges.derived("oidc-state", errand)),
                text(challenges.derived("oidc-nonce", errand)),
                text(challenges.derived("oidc-verifier", errand)));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException garbled) {
            return new byte[0];
        }
    }
}
