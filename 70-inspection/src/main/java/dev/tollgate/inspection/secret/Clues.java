// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.secret;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// Words near which a secret may stand that has no form of its own, and how to look there.
enum Clues {
    /// No string that begins so may pass, whatever follows: requirement S1-35.
    NEVER(List.of("sk-", "akia")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            boolean lower = text.startsWith("sk-", end - 3);
            int start = lower ? end - 3 : end - 4;
            if ((!lower && !text.startsWith("AKIA", start))
                    || (start > 0 && Letters.ALNUM.has(text.charAt(start - 1)))) {
                return;
            }
            int stop = TOKEN.run(text, end, CHARS_MAX);
            if (!lower || stop > end) {
                found.add(new Finding(Kind.API_KEY, start, stop, lower ? "never-sk" : "never-akia"));
            }
        }
    },
    /// PEM, RFC 7468.
    PEM(List.of("-----begin ")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            KeyFiles.look(text, end - words().getFirst().length(), found);
        }
    },
    /// A URL that carries a password, RFC 3986 section 3.2.1.
    URL(List.of("://")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            Credentials.inUrl(text, end, found);
        }
    },
    /// HTTP's own header, RFC 9110 section 11.
    AUTHORIZATION(List.of("authorization", "proxy-authorization")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            Credentials.inHeader(text, end, found);
        }
    },
    /// A user's name and password on a command line.
    CURL(List.of("curl ")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            Credentials.onCommandLine(text, end, found);
        }
    },
    /// A password, in settings and in prose.
    PASSWORD(List.of(
            "password",
            "passwort",
            "passwd",
            "passphrase",
            "passcode",
            "kennwort",
            "pwd",
            "contraseña".substring(0, 7),
            "mot de passe",
            "senha",
            "wachtwoord",
            "parola",
            "pass:",
            "pass=",
            "pass is",
            "pw:",
            "pw is",
            "pw=",
            "login:",
            "credentials:")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            Passwords.look(text, end, found);
        }
    },
    /// A value whose name says that it is secret.
    NAMED(List.of("secret", "token", "api_key", "apikey", "api-key", "api key", "credential", "auth", "access_key")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            Credentials.named(text, end, found);
        }
    },
    /// A one-time code.
    CODE(List.of(
            "verification",
            "one-time",
            "one time",
            "onetime",
            "otp",
            "passcode",
            "login code",
            "log-in code",
            "sign-in code",
            "signin code",
            "security code",
            "access code",
            "auth code",
            "authentication code",
            "authenticator",
            "authorization code",
            "confirmation code",
            "2fa",
            "mfa",
            "two-factor",
            "two factor",
            "2-step",
            "sms code",
            "code is",
            "digit code",
            "code we sent",
            "code sent",
            "code:",
            "einmal",
            "tigungscode",
            "sicherheitscode",
            "freischaltcode",
            "digo de verif",
            "digo de segur",
            "code de v",
            "code de s",
            "codice di",
            "verificatiecode")) {
        @Override
        void look(String text, int end, List<Finding> found) {
            OneTimeCodes.look(text, end, found);
        }
    };

    /// Longest token that is taken whole.
    private static final int CHARS_MAX = 512;

    private static final Letters TOKEN = new Letters("A-Za-z0-9_.-");

    @SuppressWarnings("ImmutableEnumChecker") // List.of, of strings
    private final List<String> words;

    Clues(List<String> words) {
        this.words = words;
    }

    List<String> words() {
        return words;
    }

    /// Looks around the word that ends at `end`. Costs a bounded number of `char`s.
    abstract void look(String text, int end, List<Finding> found);
}
