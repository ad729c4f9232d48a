// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console;

import dev.tollgate.console.oidc.OidcSignIn;
import dev.tollgate.console.page.Answer;
import dev.tollgate.console.page.Frame;
import dev.tollgate.console.page.Page;
import dev.tollgate.console.passkey.Challenges;
import dev.tollgate.console.person.People;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.person.Sessions;
import dev.tollgate.console.signin.SignIn;
import dev.tollgate.console.web.Assets;
import dev.tollgate.console.web.Site;
import dev.tollgate.console.web.Visit;
import dev.tollgate.server.http.Door;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The door of the console: who is there, whether a form is the console's own, which page answers.
public final class Console {
    private static final String SIGN_OUT = "sign-out";
    private static final String LIVE = "live";
    private static final String ASSETS = "assets";
    private static final int POLICY_CHARS = 12;

    private final Site site;
    private final Sessions sessions;
    private final People people;
    private final Challenges challenges;
    private final SignIn signIn;
    private final Optional<OidcSignIn> provider;
    private final List<Page> pages;
    private final Pages html = new Pages();
    private final Assets assets = new Assets();
    private final Live live;

    /// A console of these pages, in the order of the navigation.
    ///
    /// @param provider where people sign in; with nothing they do here, by passkey
    public Console(
            Site site,
            Sessions sessions,
            People people,
            Challenges challenges,
            SignIn signIn,
            Optional<OidcSignIn> provider,
            List<Page> pages) {
        this.site = site;
        this.sessions = sessions;
        this.people = people;
        this.challenges = challenges;
        this.signIn = signIn;
        this.provider = provider;
        this.pages = List.copyOf(pages);
        this.live = new Live(sessions, this.pages);
    }

    /// The paths of the console, for the server to mount.
    public Map<String, Door> doors() {
        Map<String, Door> doors = new TreeMap<>();
        doors.put("/console", this::serve);
        doors.put(Visit.ROOT, this::serve);
        doors.put(Visit.ROOT + ASSETS + "/", this::serve);
        doors.put(Visit.ROOT + OidcSignIn.PATH + "/", this::serve);
        pages.stream()
                .filter(page -> !page.path().isEmpty())
                .forEach(page -> doors.put(Visit.ROOT + page.path() + "/", this::serve));
        return doors;
    }

    /// Ends open windows' streams, so that the server can stop.
    public void close() {
        live.close();
    }

    private void serve(Turn turn) {
        site.strict(turn);
        if (!turn.method().equals("GET") && !turn.method().equals("POST")) {
            Problems.methodNotAllowed(turn, "GET, POST");
            return;
        }
        Visit visit = Visit.of(turn);
        if (visit.post() && !site.isOwn(turn)) {
            said(turn, 403, "This form is not the console's", "It was sent by another page. Nothing was done.");
        } else if (!visit.post() && (!site.isMeant(turn) || turn.path().equals("/console"))) {
            moved(turn, visit.path());
        } else if (visit.parts().getFirst().equals(ASSETS)) {
            assets.serve(turn, visit.item().orElse(""));
        } else if (SignIn.isHere(visit.path())) {
            enter(turn, visit);
        } else if (provider.isPresent() && OidcSignIn.isHere(visit.path())) {
            travel(turn, visit, provider.get());
        } else {
            inside(turn, visit);
        }
    }

    private void enter(Turn turn, Visit visit) {
        SignIn.Entered entered = signIn.answer(visit);
        entered.session().ifPresent(session -> site.keep(turn, Optional.of(session)));
        answer(turn, entered.answer(), new Frame("", Optional.empty(), "", List.of(), ""));
    }

    private void travel(Turn turn, Visit visit, OidcSignIn by) {
        OidcSignIn.Trip trip = by.answer(visit, site.errand(turn).orElse(""));
        site.take(turn, trip.errand());
        trip.session().ifPresent(session -> site.keep(turn, Optional.of(session)));
        answer(turn, trip.answer(), new Frame("", Optional.empty(), "", List.of(), ""));
    }

    private void inside(Turn turn, Visit visit) {
        String cookie = site.cookie(turn).orElse("");
        Optional<Person> person = cookie.isEmpty() ? Optional.empty() : sessions.person(cookie);
        if (person.isEmpty()) {
            moved(turn, SignIn.PATH);
            return;
        }
        if (visit.post() && !challenges.fits(visit.field("token"), cookie)) {
            said(turn, 403, "This form is too old", "You signed in again since. Nothing was done; open the page anew.");
            return;
        }
        if (visit.post() && visit.path().equals(SIGN_OUT)) {
            sessions.end(cookie);
            site.keep(turn, Optional.empty());
            moved(turn, SignIn.PATH);
        } else if (visit.path().equals(LIVE)) {
            live.serve(turn, cookie, person.get());
        } else {
            page(turn, visit, person.get(), cookie);
        }
    }

    private void page(Turn turn, Visit visit, Person who, String cookie) {
        String first = visit.parts().getFirst();
        Optional<Page> page = pages.stream()
                .filter(one -> one.path().equals(first) && one.visibleTo(who))
                .findFirst();
        Answer answer = page.map(one -> one.answer(visit, who))
                .orElseGet(() -> new Answer.Said(
                        404, "There is no such page", "Nothing is here, or nothing that is for you.", ""));
        answer(turn, answer, frame(who, first, challenges.token(cookie)));
    }

    private Frame frame(Person who, String open, String token) {
        List<Frame.Link> links = pages.stream()
                .filter(page -> page.visibleTo(who))
                .map(page ->
                        new Frame.Link(page.path(), page.title(), page.path().equals(open), page.waiting(who)))
                .toList();
        String policy = people.bundle()
                .map(bundle -> bundle.version().value())
                .map(text -> text.substring(text.indexOf(':') + 1))
                .map(text -> text.substring(0, Math.min(POLICY_CHARS, text.length())))
                .orElse("none");
        return new Frame("", Optional.of(who), token, links, policy);
    }

    private void said(Turn turn, int status, String heading, String words) {
        answer(turn, new Answer.Said(status, heading, words, ""), new Frame("", Optional.empty(), "", List.of(), ""));
    }

    private void moved(Turn turn, String path) {
        turn.with("Location", site.at(path)).empty(303);
    }

    private void answer(Turn turn, Answer answer, Frame frame) {
        switch (answer) {
            case Answer.Moved moved -> moved(turn, moved.path());
            case Answer.Away away -> turn.with("Location", away.to().toString()).empty(303);
            case Answer.Kept kept -> html.kept(turn, kept);
            case Answer.Part part -> html.part(turn, part);
            case Answer.Whole whole -> html.whole(turn, whole, frame);
            case Answer.Said said -> html.said(turn, said, frame);
        }
    }
}
