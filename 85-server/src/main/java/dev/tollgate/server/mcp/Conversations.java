// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.mcp.Sessions.Session;
import dev.tollgate.terms.Value;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/// Questions to clients of the handshake revisions: asked over the open stream of the request that needs them,
/// answered by a message of its own. An answer counts only in the session that was asked. Questions live in this
/// node's memory for as long as their stream is open, so the answer must reach the same node.
final class Conversations {
    /// Questions open at once.
    private static final int OPEN_MAX = 1_024;
    /// How long a person may take.
    private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);
    /// How often a silent client is checked for.
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<String, Question> open = new ConcurrentHashMap<>();

    private record Question(String session, Value request, CompletableFuture<Optional<Value.Fields>> answer) {}

    /// What asking gave.
    sealed interface Heard {
        /// Everything that was asked for.
        record All(Value.Fields inputs) implements Heard {}

        /// The client answered with an error.
        record Nothing() implements Heard {}

        /// The client has gone, gave the request up, or took too long.
        record Gone() implements Heard {}

        /// Too many questions are open.
        record Full() implements Heard {}
    }

    Conversations(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /// Asks one thing after the other and waits for the answers.
    Heard ask(Session session, Line line, Value request, Map<String, InputRequest> inputs) {
        Map<String, Value> given = new HashMap<>();
        for (Map.Entry<String, InputRequest> input : inputs.entrySet()) {
            if (open.size() >= OPEN_MAX) {
                return new Heard.Full();
            }
            String id = "ask-" + Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
            Question question = new Question(session.nonce(), request, new CompletableFuture<>());
            open.put(id, question);
            try {
                if (!line.send(Replies.request(id, input.getValue()))) {
                    return new Heard.Gone();
                }
                Optional<Optional<Value.Fields>> answer = await(question, line);
                if (answer.isEmpty()) {
                    return new Heard.Gone();
                }
                if (answer.get().isEmpty()) {
                    return new Heard.Nothing();
                }
                given.put(input.getKey(), answer.get().get());
            } finally {
                open.remove(id);
            }
        }
        return new Heard.All(new Value.Fields(given));
    }

    /// Takes the answer to a question of this session. Any other is dropped.
    void answer(Session session, Message.Response response) {
        if (response.id() instanceof Value.Text id) {
            Question question = open.get(id.text());
            if (question != null && question.session().equals(session.nonce())) {
                question.answer().complete(response.result());
            }
        }
    }

    /// Gives up the questions of a request that the client cancelled.
    void cancel(Session session, Value request) {
        open.values().stream()
                .filter(question -> question.session().equals(session.nonce())
                        && question.request().equals(request))
                .forEach(question -> question.answer().cancel(false));
    }

    /// Gives up every question, so that the server can stop.
    void close() {
        open.values().forEach(question -> question.answer().cancel(false));
    }

    private Optional<Optional<Value.Fields>> await(Question question, Line line) {
        Instant deadline = clock.instant().plus(ANSWER_WITHIN);
        while (clock.instant().isBefore(deadline)) {
            try {
                return Optional.of(question.answer().get(BEAT.toMillis(), TimeUnit.MILLISECONDS));
            } catch (TimeoutException _) {
                if (!line.beat()) {
                    return Optional.empty();
                }
            } catch (ExecutionException | java.util.concurrent.CancellationException _) {
                return Optional.empty();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
