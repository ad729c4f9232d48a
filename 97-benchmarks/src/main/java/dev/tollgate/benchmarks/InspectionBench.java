// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.benchmarks;

import dev.tollgate.catalog.House;
import dev.tollgate.catalog.RestrictedTerm;
import dev.tollgate.inspection.Inspector;
import dev.tollgate.inspection.outbound.Fingerprints;
import dev.tollgate.inspection.outbound.Outbound;
import dev.tollgate.inspection.outbound.OutboundContext;
import dev.tollgate.inspection.outbound.OutboundRules;
import dev.tollgate.inspection.outbound.Recall;
import dev.tollgate.inspection.personal.PersonalScanner;
import dev.tollgate.inspection.secret.SecretScanner;
import dev.tollgate.terms.Value;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/// Inspects records of 2 KB: secrets, personal data, instructions and all of them, beside `java.util.regex` over the
/// same secret rules. CPU time of the calling thread, medians of interleaved rounds.
public final class InspectionBench {
    private static final int RECORD_CHARS = 2_048;
    private static final int RECORDS = 50;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int FORM_COLUMN = 3;
    private static final String PEER = "java.util.regex";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final List<String> SENTENCES = List.of(
            "The customer called about the renewal of the annual plan and asked for a call back on Monday. ",
            "Henrik Larsen wrote that the screen stays black after the update of March. ",
            "Please send the replacement to 5134 Main Avenue, Denver, CO 80203 before Friday. ",
            "The invoice was paid twice, and the bank says that the transfer failed.\n",
            "Stage: Negotiation. Owner: Priya Brandt. Next step: send the contract to legal. ",
            "She tried it three times on the laptop and twice on the phone without any luck. ");

    private static final RestrictedTerm TERMS = new RestrictedTerm(
            RestrictedTerm.Group.PRICING, List.of("floor price", "partner discount", "PARTNER50", "walk-away price"));

    private InspectionBench() {}

    /// Prints microseconds for a record and MB/s. Argument: rounds.
    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length == 0 ? 21 : Integer.parseInt(arguments[0]);
        try (PrintWriter out =
                new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)) {
            out.println("operation\tCPU us for 2 KB\tMB/s");
            run(rounds, WARM_UP_ROUNDS)
                    .forEach((name, micros) ->
                            out.println(String.format("%s\t%.1f\t%.2f", name, micros, RECORD_CHARS / micros)));
        }
    }

    /// Median microseconds of each operation.
    static Map<String, Double> run(int rounds, int warmUp) throws IOException {
        Map<String, ToIntFunction<String>> operations = operations();
        Map<String, double[]> micros = new LinkedHashMap<>();
        List<String> records = records();
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, ToIntFunction<String>> operation : operations.entrySet()) {
                double took = round(
                        operation.getKey().startsWith(PEER) ? records.subList(0, 2) : records, operation.getValue());
                if (round >= 0) {
                    micros.computeIfAbsent(operation.getKey(), _ -> new double[rounds])[round] = took;
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        micros.forEach((name, took) -> {
            Arrays.sort(took);
            medians.put(name, took[took.length / 2]);
        });
        return medians;
    }

    private static double round(List<String> records, ToIntFunction<String> operation) {
        long start = THREADS.getCurrentThreadCpuTime();
        int found = 0;
        for (String text : records) {
            found += operation.applyAsInt(text);
        }
        if (found < 0) {
            throw new IllegalStateException("more was found than can be counted");
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / 1e3 / records.size();
    }

    private static Map<String, ToIntFunction<String>> operations() throws IOException {
        SecretScanner secrets = new SecretScanner();
        PersonalScanner personal = new PersonalScanner();
        Inspector inspector = new Inspector();
        List<Pattern> peers = patterns();
        Map<String, ToIntFunction<String>> operations = new LinkedHashMap<>();
        operations.put(
                "secrets, " + secrets.size() + " rules",
                text -> secrets.scan(text).size());
        operations.put(PEER + ", the " + peers.size() + " rules with a form of their own", text -> {
            int found = 0;
            for (Pattern pattern : peers) {
                found += pattern.matcher(text).find() ? 1 : 0;
            }
            return found;
        });
        operations.put("personal data", text -> personal.scan(text).size());
        operations.put("instructions", text -> inspector.injection(text) > 0.5 ? 1 : 0);
        operations.put("all", text -> inspector.inspect(text).spans().size());
        Fingerprints prints = new Fingerprints(new byte[Fingerprints.KEY_BYTES]);
        Outbound outbound = new Outbound(inspector, prints);
        OutboundRules rules = OutboundRules.of(List.of(), List.of(TERMS), House.UNKNOWN);
        OutboundContext context = new OutboundContext(Set.of(), withheld(prints), Optional.of(Set.of()), Map.of());
        operations.put("a message that leaves", text -> {
            SequencedMap<String, String> parts = new LinkedHashMap<>();
            parts.put("body", text);
            return outbound.read(rules, parts).findings(context).size();
        });
        Recall recall = new Recall(prints);
        operations.put("what was shown, as fingerprints", text -> recall.shown(Value.of(text)).length);
        operations.put("what was withheld, as fingerprints", text -> recall.withheld(Value.of(text)).length);
        return operations;
    }

    /// Fifty telephone numbers that this flow may not repeat.
    private static Set<Long> withheld(Fingerprints prints) {
        Set<Long> withheld = new HashSet<>();
        for (int at = 0; at < RECORDS; at++) {
            Arrays.stream(prints.of("+49 30 55501" + (100 + at))).forEach(withheld::add);
        }
        return withheld;
    }

    private static List<String> records() {
        List<String> records = new ArrayList<>();
        for (int at = 0; at < RECORDS; at++) {
            StringBuilder record = new StringBuilder();
            for (int next = at; record.length() < RECORD_CHARS; next = next * 5 + 1) {
                record.append(SENTENCES.get(Math.floorMod(next + record.length(), SENTENCES.size())));
            }
            records.add(record.substring(0, RECORD_CHARS));
        }
        return records;
    }

    /// The token rules as regular expressions: a rule's form is one already, but for the signs that stand for
    /// themselves.
    private static List<Pattern> patterns() throws IOException {
        try (InputStream in = SecretScanner.class.getResourceAsStream("/dev/tollgate/inspection/secrets.rules")) {
            if (in == null) {
                throw new IOException("the rules are missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("token "))
                    .map(line -> Pattern.compile(regex(line.split("(?<!\\\\) ", -1)[FORM_COLUMN])))
                    .toList();
        }
    }

    private static String regex(String form) {
        StringBuilder regex = new StringBuilder();
        boolean inside = false;
        for (int at = 0; at < form.length(); at++) {
            char letter = form.charAt(at);
            boolean opens = letter == '[' && !inside;
            String kept = inside ? "]-" : "[{},?";
            boolean itself = !Character.isLetterOrDigit(letter) && kept.indexOf(letter) < 0 && letter != '\\';
            regex.append(itself ? "\\" : "").append(letter == '\\' ? "" : letter);
            inside = opens || (inside && letter != ']');
        }
        return regex.toString();
    }
}
