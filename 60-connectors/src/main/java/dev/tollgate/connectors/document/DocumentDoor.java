// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors.document;

import dev.tollgate.connectors.Ask;
import dev.tollgate.connectors.Credential;
import dev.tollgate.connectors.DoorLimits;
import dev.tollgate.connectors.SinkDoor;
import dev.tollgate.connectors.UpstreamBroken;
import dev.tollgate.connectors.UpstreamBroken.Why;
import dev.tollgate.secrets.Artifacts;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes a document of what it is sent and keeps it until it is delivered. The contract is the template: the object's
/// upstream name is the heading, and each field's is a label. Nothing can be read from here: who holds a document
/// encloses it in a message. Safe for many threads.
public final class DocumentDoor implements SinkDoor {
    /// Who holds the document: a digest, then the kill switches that end that; the gateway says it.
    private static final String HOLDER = "held_by";

    /// Labels of what it is made of; the gateway says it.
    private static final String LABELS = "carries";

    /// Until when it may be kept; the gateway says it.
    private static final String UNTIL = "keep_until";

    private static final String PURPOSE = "purpose";

    private final Artifacts artifacts;

    /// @param artifacts where documents are kept
    public DocumentDoor(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public String send(Ask.Send message, Credential credential, DoorLimits limits) {
        Map<String, Value> values = SinkDoor.values(message);
        List<String> holder = texts(values.get(HOLDER));
        if (holder.isEmpty() || !(values.get(UNTIL) instanceof Value.Day(LocalDate last))) {
            throw new UpstreamBroken(Why.UNSUPPORTED);
        }
        StringBuilder text = new StringBuilder(message.object()).append("\n\n");
        values.forEach((label, value) -> {
            if (!List.of(HOLDER, LABELS, UNTIL, PURPOSE).contains(label)) {
                text.append(label).append(": ").append(said(value)).append('\n');
            }
        });
        Instant until = last.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        Artifacts.Holder held = new Artifacts.Holder(holder.getFirst(), holder.subList(1, holder.size()));
        Artifacts.Document document = new Artifacts.Document(text.toString(), texts(values.get(LABELS)));
        return switch (artifacts.keep(held, document, until)) {
            case Step.Passed<String>(String id) -> id;
            case Step.Refused<String>(Refusal why) ->
                throw new UpstreamBroken(why instanceof Refusal.Malformed ? Why.REJECTED : Why.UNREACHABLE);
        };
    }

    private static List<String> texts(@Nullable Value value) {
        return value instanceof Value.Items(List<Value> items)
                ? items.stream().map(DocumentDoor::said).toList()
                : List.of();
    }

    private static String said(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text;
            case Value.Num(BigDecimal number) -> number.stripTrailingZeros().toPlainString();
            case Value.Bool(boolean truth) -> truth ? "yes" : "no";
            case Value.Day(LocalDate day) -> day.toString();
            case Value.Moment(Instant moment) -> moment.toString();
            case Value.Items(List<Value> items) ->
                items.stream().map(DocumentDoor::said).collect(Collectors.joining(", "));
            case Value.Fields _, Value.Null _ -> "";
        };
    }

    @Override
    public void knock(Credential credential, DoorLimits limits) {
        // The store that it keeps in is the gateway's own.
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public void close() {
        // Nothing of its own is open.
    }
}
