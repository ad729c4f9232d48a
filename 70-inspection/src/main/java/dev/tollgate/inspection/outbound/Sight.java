// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.outbound;

import dev.tollgate.inspection.plain.Folded;
import dev.tollgate.inspection.plain.Markup;
import dev.tollgate.inspection.plain.Reading;
import dev.tollgate.inspection.plain.Wrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One way in which a text can be read, and where each `char` of it stands in the text itself.
final class Sight {
    private final String text;
    private final Optional<Folded> folded;
    private final Optional<Markup> markup;
    private final int start;
    private final int end;

    private Sight(String text, Optional<Folded> folded, Optional<Markup> markup, int start, int end) {
        this.text = text;
        this.folded = folded;
        this.markup = markup;
        this.start = start;
        this.end = end;
    }

    /// The ways to read a text: as it is, without its markup, and what stands in it in another form. The first is
    /// always there.
    static List<Sight> of(Reading reading) {
        List<Sight> ways = new ArrayList<>();
        String raw = reading.text();
        ways.add(new Sight(
                reading.folded().map(Folded::text).orElse(raw), reading.folded(), Optional.empty(), 0, raw.length()));
        Markup.of(raw).ifPresent(markup -> {
            Optional<Folded> inside = folded(markup.text());
            ways.add(new Sight(
                    inside.map(Folded::text).orElse(markup.text()), inside, Optional.of(markup), 0, raw.length()));
        });
        for (Wrapped wrapped : reading.wrapped()) {
            String text = folded(wrapped.text()).map(Folded::text).orElse(wrapped.text());
            ways.add(new Sight(text, Optional.empty(), Optional.empty(), wrapped.start(), wrapped.end()));
        }
        return ways;
    }

    private static Optional<Folded> folded(String text) {
        return Folded.mayChange(text) ? Optional.of(Folded.of(text)) : Optional.empty();
    }

    String text() {
        return text;
    }

    /// Whether its places are places of the text, rather than one place for all of it.
    private boolean placed() {
        return folded.isPresent() || markup.isPresent() || text.length() == end - start;
    }

    /// Where `char` `at` stands.
    int origin(int at) {
        if (!placed()) {
            return start;
        }
        int inMarkup = folded.map(view -> view.origin(at)).orElse(at);
        return start + markup.map(view -> view.origin(inMarkup)).orElse(inMarkup);
    }

    /// Where the text goes on behind the `char`s that end at `at`.
    int originEnd(int at) {
        if (!placed()) {
            return end;
        }
        int inMarkup = folded.map(view -> view.originEnd(at)).orElse(at);
        return start
                + Math.max(
                        origin(at - 1) - start + 1,
                        markup.map(view -> view.origin(inMarkup)).orElse(inMarkup));
    }
}
