// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import dev.tollgate.scenarios.harness.Ask;
import dev.tollgate.scenarios.harness.GatewayUnderTest;
import dev.tollgate.scenarios.harness.RawHttp;
import dev.tollgate.scenarios.harness.WireClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// An agent that tries to learn what it may not read from how it is answered, over MCP or REST.
///
/// @param rest over REST, otherwise over MCP
record Prober(GatewayUnderTest gateway, Ask.Token token, boolean rest) {
    /// What names a request and says nothing else.
    private static final Pattern NAMES = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{32}|\"log_index\\\\?\":[0-9]+");

    /// Headers whose values name a moment or a request, or count its digits; the body is compared itself.
    private static final List<String> NAMING = List.of("date", "x-request-id", "content-length");

    private static final int STEPS = 20;

    /// The whole answer, headers included, without what names the request. Each call begins with a clean sheet of risk.
    String answer(String tool, String arguments) {
        gateway.clock().advance(Duration.ofMinutes(16));
        try (WireClient agent = gateway.agent(token)) {
            RawHttp.Exchange exchange = rest
                    ? agent.rest(tool, arguments)
                    : agent.call(tool, arguments).exchange();
            Map<String, String> headers = new TreeMap<>(exchange.headers());
            NAMING.forEach(name -> headers.replace(name, "…"));
            String text = exchange.status() + " " + headers + " " + exchange.text();
            return NAMES.matcher(text).replaceAll("…");
        }
    }

    /// Searches for the number in a field of one record by halving what it can be, and gives what it ends at.
    ///
    /// @param said takes each answer
    long bisect(String tool, String record, String field, List<String> said) {
        long low = 0;
        long high = 1L << STEPS;
        String none = answer(tool, where(record, field, "at_least", "9999999"));
        for (int step = 0; step < STEPS; step++) {
            long middle = (low + high) >>> 1;
            String answer = answer(tool, where(record, field, "at_least", String.valueOf(middle)));
            said.add(answer);
            if (answer.equals(none)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /// Everything that can be asked of a field of one record: all comparisons with all values, in a search and a count,
    /// and the order by it.
    List<String> everything(String object, String record, String field, List<String> values) {
        List<String> said = new ArrayList<>();
        for (String tool : List.of(object + "_search", object + "_count")) {
            for (String comparison : List.of("equals", "not_equals", "less", "at_least", "starts_with", "contains")) {
                values.forEach(value -> said.add(answer(tool, where(record, field, comparison, value))));
            }
            said.add(answer(tool, where(record, field, "in", "[" + String.join(",", values) + "]")));
        }
        for (boolean descending : new boolean[] {false, true}) {
            said.add(answer(
                    object + "_search",
                    "{\"order\":[{\"field\":\"" + field + "\",\"descending\":" + descending
                            + "}],\"fields\":[\"id\"]}"));
        }
        return said;
    }

    private static String where(String record, String field, String comparison, String value) {
        return "{\"where\":[{\"field\":\"id\",\"comparison\":\"equals\",\"value\":\"" + record + "\"},{\"field\":\""
                + field + "\",\"comparison\":\"" + comparison + "\",\"value\":" + value + "}]}";
    }
}
