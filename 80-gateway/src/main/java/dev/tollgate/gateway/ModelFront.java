// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway;

import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.RequestId;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.io.Closeable;
import java.util.Optional;

/// What a door may ask of models. Every rule lies behind this. Safe for many threads; calls block, on virtual threads.
@FunctionalInterface
public interface ModelFront {
    /// One request to a model, recorded before it leaves. Refuses as calls of tools do.
    Step<Answer> ask(Credentials who, Asked asked);

    /// How the caller speaks, and is answered.
    enum Format {
        /// OpenAI's chat completions.
        CHAT_COMPLETIONS,
        /// Anthropic's messages.
        MESSAGES
    }

    /// One request as a door read it.
    ///
    /// @param traceId W3C trace id, when the caller sent one
    record Asked(RequestId request, Format format, Value.Fields body, Optional<String> traceId) {}

    /// What is released.
    sealed interface Answer {
        /// A whole answer: the model's, or what its provider did not like about the request.
        record Whole(int status, Value body) implements Answer {}

        /// An answer that comes piece by piece.
        record Pieces(Flow flow) implements Answer {}
    }

    /// An answer that is coming. For one thread, which closes it.
    interface Flow extends Closeable {
        /// The next event as it is sent; nothing after the last. Blocks.
        Optional<Event> next();

        /// Why there are no more, when the answer is not whole.
        Optional<Refusal> failure();

        @Override
        void close();
    }

    /// One server-sent event.
    ///
    /// @param name its kind, when it has one
    /// @param data what it carries, in one line
    record Event(Optional<String> name, String data) {}
}
