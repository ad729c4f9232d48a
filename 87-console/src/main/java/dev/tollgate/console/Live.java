// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.console;

import dev.tollgate.console.page.Page;
import dev.tollgate.console.person.Person;
import dev.tollgate.console.person.Sessions;
import dev.tollgate.server.http.EventStream;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.store.StoreFailure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Tells open windows that something changed; they fetch what they show anew, with their own rights. Events hold no
/// data. A stream ends with its session, on whichever node that ended.
final class Live {
    /// Windows that one node tells at once: each looks into the store once a second.
    private static final int STREAMS_MAX = 64;

    private static final Duration LOOK = Duration.ofSeconds(1);
    /// Looks between two signs of life, within the idle time of a connection.
    private static final int BEAT_LOOKS = 10;

    private static final byte[] CHANGED = "\"changed\"".getBytes(StandardCharsets.UTF_8);

    private static final byte[] ENDED = "\"ended\"".getBytes(StandardCharsets.UTF_8);

    private final Sessions sessions;
    private final List<Page> pages;
    private final Semaphore free = new Semaphore(STREAMS_MAX);
    private final CountDownLatch closing = new CountDownLatch(1);

    Live(Sessions sessions, List<Page> pages) {
        this.sessions = sessions;
        this.pages = pages;
    }

    void close() {
        closing.countDown();
    }

    void serve(Turn turn, String cookie, Person who) {
        if (!free.tryAcquire()) {
            Problems.reply(turn, 503, "busy", "too many windows are open, close some or reload by hand");
            return;
        }
        EventStream stream = turn.events();
        try {
            follow(stream, cookie, pulse(who));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (StoreFailure failed) {
            // The browser comes back by itself in a few seconds.
        } finally {
            stream.close();
            free.release();
        }
    }

    private void follow(EventStream stream, String cookie, String first) throws InterruptedException {
        String last = first;
        for (int look = 1; !closing.await(LOOK.toMillis(), TimeUnit.MILLISECONDS); look++) {
            Optional<Person> still = sessions.look(cookie);
            if (still.isEmpty()) {
                stream.send(ByteBuffer.wrap(ENDED));
                return;
            }
            String now = pulse(still.get());
            boolean changed = !now.equals(last);
            last = now;
            boolean there = changed ? stream.send(ByteBuffer.wrap(CHANGED)) : look % BEAT_LOOKS != 0 || stream.beat();
            if (!there) {
                return;
            }
        }
    }

    private String pulse(Person who) {
        return pages.stream()
                .filter(page -> page.visibleTo(who))
                .map(page -> page.pulse(who))
                .collect(Collectors.joining("|"));
    }
}
