// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.inspection.personal;

import dev.tollgate.inspection.finding.Finding;
import dev.tollgate.inspection.finding.Kind;
import java.util.List;

/// Prices that words nearby name as internal.
final class Prices {
    private static final int BACK = 60;
    private static final int AHEAD = 60;
    private static final int AMOUNT_MAX = 20;
    private static final List<String> BEFORE = List.of(
            "floor price",
            "price floor",
            "cost of goods",
            "cogs",
            "our cost",
            "internal price",
            "internal cost",
            "unit cost",
            "minimum price",
            "lowest price",
            "walk-away",
            "walk away",
            "reserve price",
            "confidential",
            "margin",
            "wholesale cost",
            "landed cost",
            "discount floor",
            "partner price",
            "net price",
            "do not disclose",
            "do not quote below",
            "go as low as",
            "secret price",
            "transfer price",
            "bottom price",
            "bottom line price",
            "not for customer",
            "internal only");
    private static final List<String> AFTER = List.of(
            "do not share",
            "don't share",
            "internal only",
            "confidential",
            "not for customer",
            "do not disclose",
            "never share",
            "keep this internal",
            "not to be shared",
            "do not tell the customer",
            "(internal)");
    private static final List<String> PUBLIC = List.of("list price", "public price", "competitor", "invoice total");
    private static final List<String> UNITS =
            List.of(" per seat", " per user", " per month", " per unit", " per year", "/seat", "/user", "/month");

    private Prices() {}

    /// `at` is the place of a currency's sign.
    static void look(String text, int at, List<Finding> found) {
        int end = at + 1;
        while (end < text.length()
                && end - at < AMOUNT_MAX
                && (Around.isDigit(text.charAt(end)) || ",. ".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        while (end > at + 1 && !Around.isDigit(text.charAt(end - 1))) {
            end--;
        }
        if (end == at + 1) {
            return;
        }
        String before = Around.before(text, at, BACK);
        int sentence = Math.max(before.lastIndexOf(". "), before.lastIndexOf('\n'));
        String here = before.substring(sentence + 1);
        String after = Around.after(text, end, AHEAD);
        boolean named = Around.holds(here, BEFORE) || Around.holds(after, AFTER);
        if (named && !Around.holds(here, PUBLIC)) {
            for (String unit : UNITS) {
                if (after.startsWith(unit)) {
                    end += unit.length();
                    break;
                }
            }
            found.add(new Finding(Kind.PRICING_CONFIDENTIAL, at, end, "internal-price"));
        }
    }
}
