// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.halt;

import dev.tollgate.governance.Paged;
import dev.tollgate.governance.halt.HaltScope.Kind;
import dev.tollgate.store.Store;
import dev.tollgate.store.StoreFailure;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops agents, on every node, from the store and from a file on disk (requirement B-12).
///
/// The bound: once `set` has returned on any node, no `check` on any node passes later than `STALE_MAX` (1
/// s) for what it stops. A check passes only on a view of the switches that began to be read less than 1 s
/// before it; so a view that misses the change is too old by then. The caller runs `refresh` every
/// `REFRESH` (250 ms) on each node; a check that finds the view too old, because the machine has other
/// things to do than the loop, reads it itself. A node that is cut off from the store stops everything
/// within the same second, with the scope `unknown`. The file acts within one refresh. A check on a fresh
/// view costs hash look-ups: no lock, no query.
public final class KillSwitch {
    /// How often the caller refreshes the view.
    public static final Duration REFRESH = Duration.ofMillis(250);

    /// How old a view may be, and so the bound.
    public static final Duration STALE_MAX = Duration.ofSeconds(1);

    /// How long a call waits while another one reads the view that both found too old.
    private static final Duration READING_MAX = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(KillSwitch.class);
    private static final String UNKNOWN = "unknown";

    private final Store store;
    private final InstantSource clock;
    private final HaltFile file;
    private final HaltBook book;

    /// One reads at a time, so that an older view never follows a newer one.
    private final ReentrantLock reading = new ReentrantLock();

    /// When the store last could not be read: a store that is down is not asked by each call.
    private volatile Instant failed = Instant.MIN;

    /// Nothing is known before the first refresh, and so nothing passes.
    private volatile @Nullable View view;

    /// What was stopped at a moment.
    ///
    /// @param readAt when reading the store began
    /// @param stored what the store stops
    /// @param lately what was let go lately, the latest first
    /// @param onDisk what the file stops; nothing when it cannot be told
    private record View(Instant readAt, HaltSet stored, List<Halt> lately, Optional<HaltSet> onDisk) {}

    /// What ends with those who are stopped, in the same transaction: when `set` has returned, it
    /// is gone on every node. Asked again when they are let go, since a call that was under way may
    /// have made something in between.
    public interface Ending {
        /// Ends what belongs to the scope.
        ///
        /// @return how much there was
        int end(Store.Session session, HaltScope scope);
    }

    /// A switch with which nothing ends but calls.
    public KillSwitch(Store store, InstantSource clock, RandomGenerator random, Path file) {
        this(store, clock, random, file, (_, _) -> 0);
    }

    /// @param random gives ids to the history
    /// @param file   the switch on disk; it need not exist
    /// @param ending what ends beside calls
    public KillSwitch(Store store, InstantSource clock, RandomGenerator random, Path file, Ending ending) {
        this.book = new HaltBook(store, clock, random, ending);
        this.store = store;
        this.clock = clock;
        this.file = new HaltFile(file);
    }

    /// Passes a call that nothing stops.
    ///
    /// @return the subject, or `Halted` with the kind of the scope, or `unknown` when the switches
    ///     cannot be read
    public Step<HaltSubject> check(HaltSubject subject) {
        View known = current();
        if (known == null || known.onDisk().isEmpty() || !fresh(known)) {
            return Step.refuse(new Refusal.Halted(UNKNOWN));
        }
        Optional<Kind> stopped =
                known.stored().stops(subject).or(() -> known.onDisk().flatMap(file -> file.stops(subject)));
        return stopped.<Step<HaltSubject>>map(kind -> Step.refuse(new Refusal.Halted(kind.word())))
                .orElseGet(() -> Step.pass(subject));
    }

    /// Passes a token that was handed out at `issued`, unless a switch stopped its holder since:
    /// resuming gives back no token that was out when it was stopped.
    ///
    /// @return the subject, or `Halted` with the kind of the scope, or `unknown`
    public Step<HaltSubject> check(HaltSubject subject, Instant issued) {
        return check(subject).then(_ -> {
            View known = view;
            Optional<Halt> since = known == null
                    ? Optional.empty()
                    : known.lately().stream()
                            .filter(halt ->
                                    !halt.at().isBefore(issued) && halt.scope().covers(subject))
                            .findFirst();
            return since.<Step<HaltSubject>>map(halt ->
                            Step.refuse(new Refusal.Halted(halt.scope().kind().word())))
                    .orElseGet(() -> Step.pass(subject));
        });
    }

    /// The view, read anew when it is too old; as it is when that cannot be done soon.
    private @Nullable View current() {
        View known = view;
        if (known == null || fresh(known)) {
            return known;
        }
        try {
            if (!reading.tryLock(READING_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                return known;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return known;
        }
        try {
            View meanwhile = view;
            if (meanwhile != null && !fresh(meanwhile) && !failedLately()) {
                refresh();
            }
            return view;
        } finally {
            reading.unlock();
        }
    }

    private boolean failedLately() {
        return failed.isAfter(clock.instant().minus(REFRESH));
    }

    /// Reads the switches anew. Never throws: what cannot be read grows old, and then nothing passes.
    ///
    /// @return whether the store was read
    public boolean refresh() {
        reading.lock();
        try {
            return read();
        } finally {
            reading.unlock();
        }
    }

    private boolean read() {
        Optional<HaltSet> onDisk = file.scopes().map(HaltSet::of);
        View before = view;
        if (before != null) {
            // The file counts at once, also while the store is silent.
            view = new View(before.readAt(), before.stored(), before.lately(), onDisk);
        }
        Instant began = clock.instant();
        try {
            view = store.readAhead(
                    session -> new View(began, HaltSet.of(book.stored(session)), book.lately(session, began), onDisk));
            return true;
        } catch (StoreFailure | IllegalArgumentException unreadable) {
            failed = began;
            LOG.atWarn().addKeyValue("error", unreadable.getMessage()).log("kill switches cannot be read");
            return false;
        }
    }

    /// Switches one on. Stops on this node at once, on the others within the bound.
    ///
    /// @param by  who does it
    /// @param why 1 to 1,000 characters
    public void set(HaltScope scope, String by, String why) {
        book.set(scope, by, why);
        refresh();
    }

    /// Switches one off.
    ///
    /// @return false when it was not on; a scope in the file is taken out of the file
    public boolean clear(HaltScope scope, String by, String why) {
        boolean cleared = book.clear(scope, by, why);
        refresh();
        return cleared;
    }

    /// Switches that are on in the store, the newest first.
    public List<Halt> list() {
        return book.list();
    }

    /// Ends what belongs to a scope that the file on disk stops, or stopped: a file has no transaction.
    public void end(HaltScope scope) {
        book.end(scope);
    }

    /// Every time that one was switched, the newest first.
    public Paged<Halt> history(Optional<String> cursor, int limit) {
        return book.history(cursor, limit);
    }

    /// What the file on disk stops: nothing when it is there and cannot be read, and so stops
    /// everything.
    public Optional<Set<HaltScope>> onDisk() {
        return file.scopes();
    }

    private boolean fresh(View known) {
        Duration age = Duration.between(known.readAt(), clock.instant());
        return !age.isNegative() && age.compareTo(STALE_MAX) < 0;
    }
}
