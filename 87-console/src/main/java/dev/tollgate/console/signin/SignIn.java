// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console.signin;

import dev.tollgate.console.page.Answer;
import dev.tollgate.console.passkey.Ceremonies;
import dev.tollgate.console.person.Codes;
import dev.tollgate.console.person.Passkeys;
import dev.tollgate.console.person.Passkeys.Passkey;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.person.Sessions;
import dev.tollgate.console.web.Visit;
import dev.tollgate.terms.UserId;
import java.util.Optional;

/// The way in: `sign-in` with a passkey, `enrol` with a one-time code. What is refused is refused alike, whatever
/// was wrong: strangers learn nothing about people, codes or keys.
public final class SignIn {
    /// Where people sign in, below `/console/`.
    public static final String PATH = "sign-in";
    /// Where people enrol a passkey, below `/console/`.
    public static final String ENROL = "enrol";

    private static final String NO_KEY = "This passkey did not let you in. Use one that was enrolled here, or ask for a"
            + " new code: ./tollgate console enrol --user NAME";
    private static final String NO_CODE = "This code does not work: it is unknown, used, or older than 15 minutes. Ask"
            + " for a new one: ./tollgate console enrol --user NAME";

    private final Ceremonies ceremonies;
    private final Codes codes;
    private final Passkeys passkeys;
    private final People people;
    private final Sessions sessions;
    private final Optional<String> provider;

    /// @param provider the name of the OpenID provider, when people sign in there: then a passkey signs approvals and
    ///     lets nobody in, so that whoever leaves the company is out
    public SignIn(
            Ceremonies ceremonies,
            Codes codes,
            Passkeys passkeys,
            People people,
            Sessions sessions,
            Optional<String> provider) {
        this.ceremonies = ceremonies;
        this.codes = codes;
        this.passkeys = passkeys;
        this.people = people;
        this.sessions = sessions;
        this.provider = provider;
    }

    /// What the way in shows.
    ///
    /// @param options what the browser's passkeys are asked, as JSON; empty to ask for a code first
    /// @param user    whose passkey is enrolled; empty when signing in
    /// @param code    the one-time code; empty when signing in
    /// @param problem  why the last try failed; empty for the first
    /// @param provider where people sign in instead; empty when they do here
    public record Door(String options, String user, String code, String problem, String provider) {
        Door(String options, String user, String code, String problem) {
            this(options, user, code, problem, "");
        }
    }

    /// What came of it: a page to show, and a session when somebody is in.
    public record Entered(Answer answer, Optional<String> session, Optional<UserId> user) {
        static Entered not(Answer answer) {
            return new Entered(answer, Optional.empty(), Optional.empty());
        }
    }

    /// Whether a path is one of these pages.
    public static boolean isHere(String path) {
        return path.equals(PATH) || path.equals(ENROL);
    }

    /// Answers a visit.
    public Entered answer(Visit visit) {
        if (visit.path().equals(PATH)) {
            return visit.post() && provider.isEmpty() ? enter(visit) : Entered.not(door(200, ""));
        }
        if (!visit.post()) {
            return Entered.not(enrolment(200, new Door("", "", "", "")));
        }
        String code = visit.field("code").strip();
        Optional<Person> holder = codes.holder(code).flatMap(people::find);
        if (holder.isEmpty()) {
            return Entered.not(enrolment(403, new Door("", "", "", NO_CODE)));
        }
        return visit.field("credential").isEmpty()
                ? Entered.not(enrolment(200, asking(holder.get(), code, "")))
                : enrol(visit, holder.get(), code);
    }

    private Entered enter(Visit visit) {
        Optional<Person> person = ceremonies.signedIn(visit.field("credential")).flatMap(people::find);
        return person.map(one -> in(one.user())).orElseGet(() -> Entered.not(door(403, NO_KEY)));
    }

    private Entered enrol(Visit visit, Person holder, String code) {
        Optional<Passkey> made = ceremonies.created(visit.field("credential"), holder.user());
        if (made.isEmpty()) {
            return Entered.not(enrolment(
                    403, asking(holder, code, "The passkey was not made: the person must be verified. Try again.")));
        }
        return passkeys.enrol(code, made.get())
                ? in(holder.user())
                : Entered.not(enrolment(403, new Door("", "", "", NO_CODE)));
    }

    private Entered in(UserId user) {
        Optional<String> session = provider.isPresent() ? Optional.empty() : Optional.of(sessions.begin(user));
        return new Entered(new Answer.Moved(""), session, Optional.of(user));
    }

    private Door asking(Person holder, String code, String problem) {
        return new Door(ceremonies.creation(holder.user()), holder.user().value(), code, problem);
    }

    private Answer door(int status, String problem) {
        return new Answer.Whole(
                status, "Sign in", "signin", new Door(ceremonies.signIn(), "", "", problem, provider.orElse("")));
    }

    private static Answer enrolment(int status, Door door) {
        return new Answer.Whole(status, "Enrol a passkey", "enrol", door);
    }
}
