// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.training;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import dev.tollgate.inspection.personal.NameTraining.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Makes texts with known names and addresses, so that the tagger meets more names, formats and
/// countries than any corpus holds.
final class Notes {
    private static final String FOLDER = "/dev/tollgate/inspection/";
    private static final List<String> STREETS = List.of(
            "Street",
            "St",
            "St.",
            "Road",
            "Rd",
            "Avenue",
            "Ave",
            "Ave.",
            "Lane",
            "Drive",
            "Dr",
            "Blvd",
            "Boulevard",
            "Court",
            "Way",
            "Place",
            "Close",
            "Terrace",
            "Hill",
            "Crescent",
            "Square",
            "Parkway",
            "Gardens");
    private static final List<String> COMPANIES = List.of(
            "Systems",
            "Labs",
            "Foods",
            "Bank",
            "Energy",
            "Logistics",
            "Retail",
            "Health",
            "Freight",
            "Tools",
            "Partners",
            "Holdings",
            "Media",
            "Software",
            "Trading",
            "Consulting",
            "Airlines",
            "Insurance",
            "Group",
            "Motors");
    private static final List<String> FORMS =
            List.of("Inc.", "Ltd", "GmbH", "LLC", "AG", "S.A.", "BV", "Corp", "Limited", "Oy");
    private static final List<String> STATES =
            List.of("CA", "NY", "TX", "IL", "WA", "OR", "CO", "FL", "MA", "GA", "NC", "OH", "PA", "MI");

    private final RandomGenerator random;
    private final List<String> first = new ArrayList<>();
    private final List<String> last = new ArrayList<>();
    private final List<String> places = new ArrayList<>();
    private final List<String> sentences = new ArrayList<>();

    Notes(RandomGenerator random) throws IOException {
        this.random = random;
        for (String line : resource("names.txt").lines().toList()) {
            if (line.charAt(0) != '#') {
                String flags = line.substring(0, line.indexOf(' '));
                String word = title(line.substring(flags.length() + 1));
                addTo(first, flags.contains("f"), word);
                addTo(last, flags.contains("l"), word);
                addTo(places, flags.contains("c"), word);
            }
        }
        resource("training/notes.txt")
                .lines()
                .filter(line -> line.charAt(0) != '#')
                .forEach(sentences::add);
    }

    private static void addTo(List<String> list, boolean fits, String word) {
        if (fits && word.length() > 2) {
            list.add(word);
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Notes.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IOException("the resource `" + name + "` is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// A text of one to three sentences.
    Sample note() {
        StringBuilder text = new StringBuilder();
        List<Finding> spans = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int at = 0; at < count; at++) {
            fill(pick(sentences), text, spans);
            text.append(random.nextInt(3) == 0 ? "\n" : " ");
        }
        return lowered(new Sample(text.toString().strip(), spans), 12);
    }

    /// A text without names, with one set into it where any word may stand.
    Sample set(String plain) {
        List<Integer> places = new ArrayList<>();
        for (int at = plain.indexOf(' '); at >= 0; at = plain.indexOf(' ', at + 1)) {
            places.add(at + 1);
        }
        if (places.isEmpty()) {
            return new Sample(plain, List.of());
        }
        int place = pick(places);
        StringBuilder text = new StringBuilder(plain.substring(0, place));
        List<Finding> spans = new ArrayList<>();
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> add(text, spans, Kind.PERSON, person());
            case 3, 4 -> add(text, spans, Kind.PERSON, pick(first));
            case 5 -> add(text, spans, Kind.PERSON, person().toLowerCase(Locale.ROOT));
            case 6, 7 -> add(text, spans, Kind.ADDRESS, address());
            default -> text.append(company());
        }
        text.append(List.of(" ", ", ", ". ", ": ", "'s ", "\n").get(random.nextInt(6)));
        return new Sample(text.append(plain.substring(place)).toString(), spans);
    }

    /// The same text with other names; sometimes in lower case.
    Sample renamed(Sample sample) {
        StringBuilder text = new StringBuilder();
        List<Finding> spans = new ArrayList<>();
        int from = 0;
        for (Finding span :
                sample.spans().stream().sorted((a, b) -> a.start() - b.start()).toList()) {
            if (span.start() < from) {
                continue;
            }
            text.append(sample.text(), from, span.start());
            String old = sample.text().substring(span.start(), span.end());
            boolean several = old.indexOf(' ') > 0;
            boolean lower = Character.isLowerCase(old.charAt(0));
            String fresh = span.kind() != Kind.PERSON
                    ? random.nextInt(2) == 0 ? address() : old
                    : several ? person() : pick(random.nextInt(4) == 0 ? last : first);
            add(text, spans, span.kind(), lower ? fresh.toLowerCase(Locale.ROOT) : fresh);
            from = span.end();
        }
        text.append(sample.text().substring(from));
        return lowered(new Sample(text.toString(), spans), 15);
    }

    private Sample lowered(Sample sample, int oneIn) {
        String lower = sample.text().toLowerCase(Locale.ROOT);
        return random.nextInt(oneIn) == 0 && lower.length() == sample.text().length()
                ? new Sample(lower, sample.spans())
                : sample;
    }

    private void fill(String sentence, StringBuilder text, List<Finding> spans) {
        int from = 0;
        for (int at = sentence.indexOf('{'); at >= 0; at = sentence.indexOf('{', at + 1)) {
            if (at + 2 >= sentence.length() || sentence.charAt(at + 2) != '}') {
                continue;
            }
            text.append(sentence.substring(from, at).replace("\\n", "\n"));
            from = at + 3;
            switch (sentence.charAt(at + 1)) {
                case 'P' -> add(text, spans, Kind.PERSON, person());
                case 'p' -> add(text, spans, Kind.PERSON, person().toLowerCase(Locale.ROOT));
                case 'f' -> add(text, spans, Kind.PERSON, pick(first).toLowerCase(Locale.ROOT));
                case 'F' -> add(text, spans, Kind.PERSON, pick(first));
                case 'L' -> add(text, spans, Kind.PERSON, pick(last));
                case 'A' -> add(text, spans, Kind.ADDRESS, address());
                default -> text.append(company());
            }
        }
        text.append(sentence.substring(from));
    }

    private static void add(StringBuilder text, List<Finding> spans, Kind kind, String value) {
        spans.add(new Finding(kind, text.length(), text.length() + value.length(), "made"));
        text.append(value);
    }

    private String person() {
        String name = pick(first);
        return switch (random.nextInt(12)) {
            case 0 -> name + " " + (char) ('A' + random.nextInt(26)) + ". " + pick(last);
            case 1 -> name + " " + pick(first) + " " + pick(last);
            case 2 -> name + " " + pick(last) + "-" + pick(last);
            case 3 -> pick(last).toUpperCase(Locale.ROOT) + ", " + name;
            case 4 -> (char) ('A' + random.nextInt(26)) + ". " + pick(last);
            case 5 -> name + " " + invented();
            default -> name + " " + pick(last);
        };
    }

    /// A name that no list knows.
    private String invented() {
        StringBuilder name = new StringBuilder();
        int syllables = 2 + random.nextInt(2);
        for (int at = 0; at < syllables; at++) {
            name.append("bdfghjklmnprstvwz".charAt(random.nextInt(17))).append("aeiou".charAt(random.nextInt(5)));
        }
        return title(name.append("nrslk".charAt(random.nextInt(5))).toString());
    }

    private String address() {
        String number = Integer.toString(1 + random.nextInt(random.nextInt(3) == 0 ? 9_999 : 250));
        String name = random.nextInt(3) == 0 ? pick(places) : pick(last);
        String zip = "%05d".formatted(random.nextInt(10_000, 99_999));
        String city = pick(places);
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> number + " " + name + " " + pick(STREETS) + ", " + city + ", " + pick(STATES) + " " + zip;
            case 3 ->
                number + " " + name + " " + pick(STREETS) + " Apt. " + random.nextInt(1, 999) + "\n" + city + ", "
                        + pick(STATES) + " " + zip;
            case 4 ->
                name + pick(List.of("straße", "strasse", "weg", "gasse", "platz", "allee")) + " " + number + ", " + zip
                        + " " + city;
            case 5 ->
                number + " " + pick(List.of("rue", "avenue", "boulevard")) + " " + pick(List.of("de ", "du ", ""))
                        + name + ", " + zip + " " + city;
            case 6 ->
                pick(List.of("Calle ", "Via ", "Avenida ", "Rua ", "Carrer ")) + name + " " + number + ", " + zip + " "
                        + city;
            case 7 ->
                number + " " + name + " " + pick(STREETS) + ", " + city + " " + (char) ('A' + random.nextInt(26))
                        + random.nextInt(1, 20) + " " + random.nextInt(1, 9) + (char) ('A' + random.nextInt(26))
                        + (char) ('A' + random.nextInt(26));
            case 8 ->
                name + pick(List.of("laan", "straat", "gade", "vej", "gatan", "katu", "tie", "veien")) + " " + number;
            case 9 -> number + " " + name + " " + pick(STREETS);
            case 10 -> pick(List.of("P.O. Box ", "PO Box ", "Postfach ")) + number + ", " + city + " " + zip;
            default -> number + " " + name + " " + pick(STREETS) + ", " + city;
        };
    }

    private String company() {
        String name = random.nextInt(3) == 0 ? title(invented()) : random.nextInt(2) == 0 ? pick(places) : pick(last);
        return switch (random.nextInt(3)) {
            case 0 -> name + " " + pick(COMPANIES);
            case 1 -> name + " " + pick(FORMS);
            default -> name + " " + pick(COMPANIES) + " " + pick(FORMS);
        };
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String title(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
