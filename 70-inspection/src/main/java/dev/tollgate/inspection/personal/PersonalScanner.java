// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import java.util.ArrayList;
import java.util.List;

/// Finds personal data. One pass looks for the `char`s that numbers and addresses cannot do without and
/// asks only there; a second one tags names.
public final class PersonalScanner {
    private final NameTagger tagger;

    /// Reads the tagger that ships with the room.
    public PersonalScanner() {
        this(NameTagger.shipped());
    }

    PersonalScanner(NameTagger tagger) {
        this.tagger = tagger;
    }

    /// Everything personal in `text`; findings may overlap, surer ones come first.
    public List<Finding> scan(String text) {
        List<Finding> found = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter > '@' && letter < '\u00a3') {
                at++;
            } else if (Around.isDigit(letter)) {
                at = Math.max(at + 1, Numbers.look(text, at, found));
            } else if (letter == '@') {
                Emails.look(text, at, found);
                at++;
            } else if (letter == ':' && at + 1 < text.length() && text.charAt(at + 1) != ' ') {
                at = Networks.six(text, at, found);
            } else {
                if (letter == '$' || letter == '€' || letter == '£') {
                    Prices.look(text, at, found);
                }
                at++;
            }
        }
        tagger.tag(text, found);
        return found;
    }
}
