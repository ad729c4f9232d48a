// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.States;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.outbound.OutboundRules.Hit;
import dev.tollgate.inspection.plain.Reading;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// A message that was read once: what it claims of records is known before anybody looks the records up. For one
/// thread.
public final class Draft {
    /// A shorter name is part of too many words.
    private static final int NAME_CHARS_MIN = 4;

    private final Fingerprints fingerprints;
    private final OutboundRules rules;
    private final List<Part> parts = new ArrayList<>();
    private final Set<OutboundFinding> always = new LinkedHashSet<>();
    private final Set<Claim> claims = new LinkedHashSet<>();
    private final Map<String, Integer> tooLong = new LinkedHashMap<>();

    /// One way to read one field.
    private record Part(String field, Sight sight, Letters letters, List<Finding> spans) {}

    Draft(Inspector inspector, Fingerprints fingerprints, OutboundRules rules, SequencedMap<String, String> texts) {
        this.fingerprints = fingerprints;
        this.rules = rules;
        long chars = texts.values().stream().mapToLong(String::length).sum();
        if (chars > Outbound.CHARS_MAX) {
            texts.forEach((field, text) -> tooLong.put(field, text.length()));
            return;
        }
        texts.forEach((field, text) -> read(inspector, field, text));
        said();
    }

    private void read(Inspector inspector, String field, String text) {
        Reading reading = Reading.of(text);
        List<Finding> spans = inspector.spans(reading);
        for (Sight sight : Sight.of(reading)) {
            boolean same = sight.text().equals(text);
            parts.add(new Part(
                    field, sight, Letters.of(sight.text()), same ? spans : inspector.spans(Reading.of(sight.text()))));
        }
        // what disguises hide is looked for in what is seen, and secrets in what is written
        spans.stream()
                .filter(found -> found.kind().group() == Kind.Group.SECRET)
                .forEach(found -> always.add(new OutboundFinding(
                        OutboundKind.of(found.kind()), field, found.start(), found.end(), found.rule())));
        for (Disguises.Place place : Disguises.in(text)) {
            always.add(new OutboundFinding(place.kind(), field, place.start(), place.end(), place.rule()));
        }
    }

    /// What the words say, whatever the records hold. The first readings of all fields are one text: a subject line may
    /// name what the body speaks of.
    private void said() {
        StringBuilder whole = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        List<Part> joined = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Part part : parts) {
            boolean first = seen.add(part.field()) && !part.sight().text().isBlank();
            if (first) {
                starts.add(whole.length());
                joined.add(part);
                whole.append(part.sight().text()).append("\n\n");
            }
        }
        if (joined.size() == 1) {
            joined.clear();
        }
        String text = joined.isEmpty() ? "" : whole.toString();
        look(text, rules.hits(Letters.of(text)), (place, field) -> {
            int at = starts.size() - 1;
            while (at > 0 && starts.get(at) > place) {
                at--;
            }
            return new At(joined.get(at), starts.get(at));
        });
        for (Part part : parts) {
            if (!joined.contains(part)) {
                look(part.sight().text(), rules.hits(part.letters()), (_, _) -> new At(part, 0));
            }
        }
    }

    /// The reading that a place of a joined text belongs to, and where it begins there.
    private record At(Part part, int start) {}

    private interface Where {
        At of(int place, String text);
    }

    private void look(String text, List<Hit> hits, Where where) {
        for (Hit hit : hits) {
            switch (hit.entry().sense()) {
                case TERM ->
                    add(
                            where,
                            text,
                            OutboundKind.of(rules.term(hit.entry().rank()).group()),
                            hit,
                            "restricted-term");
                case TONE -> add(where, text, OutboundKind.TONE, hit, "tone");
                case UNSURE -> add(where, text, OutboundKind.UNSURE, hit, "unsure");
                default -> {
                    // words that mean something only together
                }
            }
        }
        Requests.in(text, hits)
                .forEach(hit -> add(where, text, OutboundKind.CREDENTIAL_REQUEST, hit, "credential-request"));
        for (Promises.Said said : Promises.of(rules, text, hits)) {
            At at = where.of(said.start(), text);
            OutboundFinding place = found(
                    at.part(),
                    OutboundKind.UNSUPPORTED_PROMISE,
                    said.start() - at.start(),
                    said.end() - at.start(),
                    "promise");
            claims.add(new Claim(
                    rules.subject(said.rank()),
                    said.state(),
                    said.coming(),
                    place.field(),
                    place.start(),
                    place.end()));
        }
    }

    private void add(Where where, String text, OutboundKind kind, Hit hit, String rule) {
        At at = where.of(hit.start(), text);
        always.add(found(at.part(), kind, hit.start() - at.start(), hit.end() - at.start(), rule));
    }

    private static OutboundFinding found(Part part, OutboundKind kind, int start, int end, String rule) {
        int until = Math.min(end, part.sight().text().length());
        return new OutboundFinding(
                kind, part.field(), part.sight().origin(start), part.sight().originEnd(until), rule);
    }

    /// What it claims of records. Nothing may be claimed that nobody looked up.
    public Set<Claim> claims() {
        return Set.copyOf(claims);
    }

    /// Whether it names something, such as the number of an order, however it writes it.
    public boolean mentions(String name) {
        String bare = Letters.bare(name);
        return bare.length() >= NAME_CHARS_MIN
                && parts.stream().anyMatch(part -> part.letters().text().contains(bare));
    }

    /// What is wrong with it, in the order of the fields and places; places may overlap.
    public List<OutboundFinding> findings(OutboundContext context) {
        Set<OutboundFinding> all = new LinkedHashSet<>(always);
        tooLong.forEach((field, length) -> {
            if (length > 0) {
                all.add(new OutboundFinding(OutboundKind.TOO_LONG, field, 0, length, "length"));
            }
        });
        for (Claim claim : claims) {
            if (!supported(claim, context)) {
                all.add(new OutboundFinding(
                        OutboundKind.UNSUPPORTED_PROMISE, claim.field(), claim.start(), claim.end(), "promise"));
            }
        }
        Set<String> own = new HashSet<>();
        context.recipient().forEach(value -> own.add(Letters.bare(value)));
        rules.house().known().forEach(value -> own.add(Letters.bare(value)));
        Repeats withheld = new Repeats(fingerprints, context.withheld());
        List<String> free = new ArrayList<>(context.recipient());
        free.addAll(rules.house().known());
        Optional<Grounding> grounding =
                context.shown().map(shown -> new Grounding(new Repeats(fingerprints, shown), free));
        for (Part part : parts) {
            personal(part, own, all);
            for (Repeats.Place place : withheld.in(part.letters())) {
                all.add(found(
                        part,
                        OutboundKind.WITHHELD_VALUE,
                        part.letters().place(place.from()),
                        part.letters().place(place.to() - 1) + 1,
                        "withheld"));
            }
            for (Internals.Place place : Internals.in(part.sight().text(), rules.house())) {
                all.add(found(part, OutboundKind.INTERNAL_IDENTIFIER, place.start(), place.end(), place.rule()));
            }
            grounds(part, withheld, grounding, all);
        }
        return inOrder(all);
    }

    private List<OutboundFinding> inOrder(Set<OutboundFinding> all) {
        List<String> fields = parts.stream().map(Part::field).distinct().toList();
        List<OutboundFinding> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.<OutboundFinding>comparingInt(found -> fields.indexOf(found.field()))
                .thenComparingInt(OutboundFinding::start)
                .thenComparing(OutboundFinding::kind));
        return List.copyOf(sorted);
    }

    /// Every record that is spoken of must bear it out; what is not known is not so.
    private static boolean supported(Claim claim, OutboundContext context) {
        Set<String> current = context.states().getOrDefault(claim.subject(), Set.of());
        States states = claim.subject().states();
        return !current.isEmpty()
                && current.stream()
                        .allMatch(state -> states.reached(claim.state(), state)
                                || (claim.coming() && states.certain(state, claim.state())));
    }

    private void personal(Part part, Set<String> own, Set<OutboundFinding> all) {
        BitSet handles = Things.handles(part.sight().text());
        for (Finding found : part.spans()) {
            if (handles.get(found.start()) && handles.get(found.end() - 1)) {
                continue;
            }
            String value = part.sight().text().substring(found.start(), found.end());
            OutboundKind kind = found.kind().group() == Kind.Group.PERSONAL
                    ? of(found.kind(), value, own)
                    : OutboundKind.of(found.kind());
            if (kind != OutboundKind.RECIPIENT_DATA || !house(value)) {
                all.add(found(part, kind, found.start(), found.end(), found.rule()));
            }
        }
    }

    private OutboundKind of(Kind kind, String value, Set<String> own) {
        if (own.contains(Letters.bare(value)) || house(value)) {
            return OutboundKind.RECIPIENT_DATA;
        }
        return switch (kind) {
            case PERSON, ADDRESS -> OutboundKind.NAME_OR_ADDRESS;
            case IP -> Internals.isPrivate(value) ? OutboundKind.INTERNAL_IDENTIFIER : OutboundKind.PERSONAL_DATA;
            default -> OutboundKind.PERSONAL_DATA;
        };
    }

    /// The company's own.
    private boolean house(String value) {
        House house = rules.house();
        String bare = Letters.bare(value);
        return house.known().stream().map(Letters::bare).anyMatch(bare::equals)
                || house.domains().stream()
                        .anyMatch(domain -> value.regionMatches(
                                true, value.length() - domain.length() - 1, "@" + domain, 0, domain.length() + 1));
    }

    private static void grounds(Part part, Repeats withheld, Optional<Grounding> grounding, Set<OutboundFinding> all) {
        if (withheld.nothing() && grounding.isEmpty()) {
            return;
        }
        String text = part.sight().text();
        List<Things.Thing> things = Things.in(text);
        Grounding.withheld(withheld, things)
                .forEach(place ->
                        all.add(found(part, OutboundKind.WITHHELD_VALUE, place.start(), place.end(), place.rule())));
        if (grounding.isEmpty()) {
            return;
        }
        // What is something else already is not doubted besides; what looks like an address may still be a wrong
        // number.
        BitSet taken = new BitSet();
        BitSet guessed = new BitSet();
        all.stream()
                .filter(one -> one.field().equals(part.field()) && one.kind() != OutboundKind.UNGROUNDED)
                .forEach(one ->
                        (one.kind() == OutboundKind.NAME_OR_ADDRESS ? guessed : taken).set(one.start(), one.end()));
        guessed.or(taken);
        for (Grounding.Place place : grounding.get().in(text, things)) {
            OutboundFinding one = found(part, OutboundKind.UNGROUNDED, place.start(), place.end(), place.rule());
            boolean number = text.substring(place.start(), place.end()).chars().anyMatch(Character::isDigit);
            int free = (number ? taken : guessed).nextClearBit(one.start());
            if (free < one.end()) {
                all.add(one);
            }
        }
    }
}
