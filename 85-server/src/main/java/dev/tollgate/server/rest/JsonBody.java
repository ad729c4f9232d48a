// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.rest;

import dev.tollgate.server.http.Body;
import dev.tollgate.server.http.Problems;
import dev.tollgate.server.http.Turn;
import dev.tollgate.server.wire.JsonReader;
import dev.tollgate.server.wire.Parsed;
import dev.tollgate.terms.Value;
import java.util.Optional;

/// Reads a body that must be one JSON object. When it is none, the reply has been sent.
final class JsonBody {
    private final JsonReader reader;

    JsonBody(JsonReader reader) {
        this.reader = reader;
    }

    Optional<Value.Fields> of(Turn turn) {
        if (!turn.carriesJson()) {
            Problems.reply(
                    turn.closing(),
                    415,
                    "unsupported_media_type",
                    "the body must be `application/json` in UTF-8, uncompressed");
            return Optional.empty();
        }
        return switch (turn.body()) {
            case Body.Whole whole -> object(turn, whole.bytes());
            case Body.TooLarge _ -> broken(turn, 413, "too_large", "the body is too large");
            case Body.TooSlow _ -> broken(turn, 408, "too_slow", "the body took too long to arrive");
            case Body.Broken _ -> broken(turn, 400, "broken", "the body did not arrive");
        };
    }

    private Optional<Value.Fields> object(Turn turn, byte[] bytes) {
        return switch (reader.read(bytes)) {
            case Parsed.Broken broken -> {
                turn.misread(broken.fault().sentence());
                Problems.reply(turn, 400, "malformed", broken.fault().sentence());
                yield Optional.empty();
            }
            case Parsed.Whole whole when whole.value() instanceof Value.Fields fields -> Optional.of(fields);
            case Parsed.Whole _ -> {
                turn.misread("the body is a JSON object");
                Problems.reply(turn, 400, "malformed", "the body is a JSON object");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Value.Fields> broken(Turn turn, int status, String code, String detail) {
        Problems.reply(turn.closing(), status, code, detail);
        return Optional.empty();
    }
}
