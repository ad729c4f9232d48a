// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.catalog.yaml.ProblemLog;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `messages.yaml`: what messages that leave may not say, and what is the house's own.
final class MessageReader {
    /// Phrases of one bundle: the search over them takes about a kilobyte for each.
    private static final int PHRASES_MAX = 1_000;

    private static final int PHRASE_CHARS_MAX = 80;
    private static final int OWN_MAX = 200;

    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

    private static final Pattern SHARE = Pattern.compile("0(\\.\\d{1,4})?|1(\\.0{1,4})?");

    /// At least two letters that stand for themselves: a form of signs alone would be found in every number.
    private static final Pattern FORM = Pattern.compile("[A-Za-z]{2}[A-Za-z0-9_.-]*[#@]{2,30}");

    private MessageReader() {}

    static MessageTerms read(ProblemLog problems, String file, byte[] bytes, Set<String> domains) {
        Optional<Section> root = Section.of(problems, file, bytes);
        List<RestrictedTerm> terms = new ArrayList<>();
        root.ifPresent(section -> {
            for (Section line : section.sections("terms")) {
                term(line).ifPresent(terms::add);
            }
            if (terms.stream().mapToInt(term -> term.phrases().size()).sum() > PHRASES_MAX) {
                section.problem("terms", "there are more than " + PHRASES_MAX + " phrases");
            }
        });
        House house = root.flatMap(section -> section.section("house"))
                .map(section -> house(section, domains))
                .orElse(new House(List.copyOf(domains), List.of(), List.of(), List.of()));
        BigDecimal least = root.flatMap(section ->
                        section.made("confidence_min", "a number from 0 to 1, `0.7` for example", MessageReader::share))
                .orElse(MessageTerms.CONFIDENCE_USUAL);
        root.ifPresent(Section::done);
        return new MessageTerms(terms, house, least);
    }

    private static Optional<BigDecimal> share(String text) {
        return SHARE.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    private static Optional<RestrictedTerm> term(Section line) {
        line.needed("group");
        List<String> words = Arrays.stream(RestrictedTerm.Group.values())
                .map(RestrictedTerm.Group::word)
                .toList();
        Optional<RestrictedTerm.Group> group =
                line.word("group", words).map(word -> RestrictedTerm.Group.valueOf(word.toUpperCase(Locale.ROOT)));
        List<String> phrases = line.texts("phrases");
        boolean sound = !phrases.isEmpty()
                && phrases.stream()
                        .allMatch(phrase -> phrase.length() <= PHRASE_CHARS_MAX
                                && phrase.chars()
                                                .filter(Character::isLetterOrDigit)
                                                .count()
                                        > 2);
        if (!sound) {
            line.problem("phrases", "a phrase has 3 letters to " + PHRASE_CHARS_MAX + " characters, and there is one");
        }
        line.done();
        return sound ? group.map(found -> new RestrictedTerm(found, phrases)) : Optional.empty();
    }

    private static House house(Section section, Set<String> domains) {
        List<String> known = section.texts("known");
        List<String> hosts = section.texts("hosts");
        List<String> ids = section.texts("ids");
        if (known.size() + hosts.size() + ids.size() > OWN_MAX) {
            section.problem("the house has more than " + OWN_MAX + " words of its own");
        }
        if (hosts.stream().anyMatch(host -> !HOST.matcher(host).matches())) {
            section.problem("hosts", "a host is written `corp.example.com`, without a star or a dot before it");
        }
        if (ids.stream().anyMatch(form -> !FORM.matcher(form).matches())) {
            section.problem("ids", "a form begins with letters and ends in `#` for digits or `@` for letters");
        }
        section.done();
        return new House(List.copyOf(domains), known, hosts, ids);
    }
}
