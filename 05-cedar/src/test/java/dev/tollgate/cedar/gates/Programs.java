// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import static dev.tollgate.cedar.gates.World.one;

import java.util.List;
import java.util.random.RandomGenerator;

/// Draws policies in Cedar's syntax. Operands mostly have the type that their operator wants, and now and then not.
final class Programs {
    private static final double WRONG_TYPE = 0.06;
    private static final List<String> KINDS =
            List.of("bool", "n", "s", "e", "ss", "se", "r", "ip", "dec", "at", "span");

    private final RandomGenerator random;
    private final List<String> holders;

    /// Policies that read attributes of `holders`, such as `principal` or `context.row`.
    Programs(RandomGenerator random, List<String> holders) {
        this.random = random;
        this.holders = holders;
    }

    String policies(int count) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < count; at++) {
            text.append(policy()).append('\n');
        }
        return text.toString();
    }

    private String policy() {
        String effect = random.nextInt(3) == 0 ? "forbid" : "permit";
        StringBuilder text = new StringBuilder(effect)
                .append(" (principal")
                .append(scope("User", "Group"))
                .append(", action")
                .append(actions())
                .append(", resource")
                .append(scope("Doc", "Folder"))
                .append(")");
        int conditions = random.nextInt(3);
        for (int at = 0; at < conditions; at++) {
            text.append(random.nextInt(4) == 0 ? " unless { " : " when { ")
                    .append(bool(4))
                    .append(" }");
        }
        return text.append(";").toString();
    }

    private String scope(String type, String group) {
        return switch (random.nextInt(9)) {
            case 0 -> " == " + World.uid(random, type);
            case 1 -> " in " + World.uid(random, group);
            case 2 -> " in " + World.uid(random, type);
            case 3 -> " is " + type;
            case 4 -> " is " + type + " in " + World.uid(random, group);
            case 5 -> " is " + group;
            default -> "";
        };
    }

    private String actions() {
        return switch (random.nextInt(6)) {
            case 0 -> " == Action::\"read\"";
            case 1 -> " in Action::\"looking\"";
            case 2 -> " in [Action::\"write\", Action::\"anything\"]";
            case 3 -> " in [Action::\"read\", Action::\"looking\", Action::\"read\"]";
            case 4 -> random.nextInt(6) == 0 ? " in []" : "";
            default -> "";
        };
    }

    private String any(String kind, int depth) {
        String actual = random.nextDouble() < WRONG_TYPE ? one(random, KINDS) : kind;
        return actual.equals("bool") ? "(" + bool(depth) + ")" : value(actual, depth);
    }

    private String bool(int depth) {
        if (depth <= 0) {
            return random.nextInt(3) == 0 ? read("b") : random.nextBoolean() ? "true" : "false";
        }
        int less = depth - 1;
        return switch (random.nextInt(24)) {
            case 0, 1, 2 -> any("bool", less) + " && " + any("bool", less);
            case 3, 4 -> any("bool", less) + " || " + any("bool", less);
            case 5 -> "!" + any("bool", less);
            case 6 -> "if " + any("bool", less) + " then " + any("bool", less) + " else " + any("bool", less);
            case 7, 8, 9 -> same(one(random, KINDS), less);
            case 10, 11 -> any("n", less) + one(random, List.of(" < ", " <= ", " > ", " >= ")) + any("n", less);
            case 12 -> any("at", less) + one(random, List.of(" < ", " >= ")) + any("at", less);
            case 13 -> any("span", less) + one(random, List.of(" < ", " >= ")) + any("span", less);
            case 14 -> any("e", less) + " in " + any(random.nextBoolean() ? "e" : "se", less);
            case 15 -> any("ss", less) + ".contains(" + any("s", less) + ")";
            case 16 -> any("ss", less) + one(random, List.of(".containsAll(", ".containsAny(")) + any("ss", less) + ")";
            case 17 -> one(random, holders) + " has " + one(random, World.ATTRIBUTES);
            case 18 -> one(random, holders) + " has " + one(random, List.of("r.n", "e.s", "r.r.n", "row.n", "row"));
            case 19 -> any("s", less) + " like " + one(random, List.of("\"a*\"", "\"*\"", "\"usr_*\"", "\"a\\*b\""));
            case 20 -> any("e", less) + " is " + one(random, List.of("User", "Doc", "NS::Team in NS::Team::\"N3\""));
            case 21 -> any("e", less) + ".hasTag(" + any("s", less) + ")";
            case 22 ->
                any("ip", less)
                        + one(random, List.of(".isIpv4()", ".isLoopback()", ".isInRange(" + any("ip", 0) + ")"));
            default ->
                any("dec", less) + one(random, List.of(".lessThan(", ".greaterThanOrEqual(")) + any("dec", less) + ")";
        };
    }

    private String same(String kind, int depth) {
        return any(kind, depth) + (random.nextInt(3) == 0 ? " != " : " == ") + any(kind, depth);
    }

    private String read(String name) {
        return one(random, holders) + "." + name;
    }

    private String value(String kind, int depth) {
        boolean leaf = depth <= 0 || random.nextInt(3) > 0;
        if (leaf && random.nextInt(3) > 0) {
            return read(kind.equals("n") && random.nextBoolean() ? "m" : kind);
        }
        int less = depth - 1;
        return switch (kind) {
            case "n" -> leaf ? "(" + one(random, World.LONGS) + ")" : number(less);
            case "s" -> leaf ? one(random, World.TEXTS) : any("e", less) + ".getTag(" + any("s", less) + ")";
            case "e" -> leaf ? entity() : any("r", less) + ".e";
            case "ss" ->
                leaf ? "[" + one(random, World.TEXTS) + "]" : "[" + any("s", less) + ", " + any("s", less) + "]";
            case "se" -> "[" + any("e", less) + ", " + any("e", less) + "]";
            case "r" -> leaf ? "{\"n\": 1}" : "{\"n\": " + any("n", less) + ", s: " + any("s", less) + "}";
            case "ip" -> "ip(\"" + one(random, World.ADDRESSES) + "\")";
            case "dec" -> "decimal(\"" + one(random, World.DECIMALS) + "\")";
            case "at" ->
                leaf
                        ? "datetime(\"" + one(random, World.TIMES) + "\")"
                        : any("at", less) + (random.nextBoolean() ? ".toDate()" : ".offset(" + any("span", less) + ")");
            case "span" ->
                leaf
                        ? "duration(\"" + one(random, World.SPANS) + "\")"
                        : any("at", less) + ".durationSince(" + any("at", less) + ")";
            default -> throw new IllegalArgumentException("no kind `" + kind + "`");
        };
    }

    private String entity() {
        return switch (random.nextInt(4)) {
            case 0 -> "principal";
            case 1 -> "resource";
            case 2 -> "action";
            default -> World.uid(random);
        };
    }

    private String number(int depth) {
        return switch (random.nextInt(5)) {
            case 0 -> "(" + any("n", depth) + " + " + any("n", depth) + ")";
            case 1 -> "(" + any("n", depth) + " - " + any("n", depth) + ")";
            case 2 -> "(" + any("n", depth) + " * " + any("n", depth) + ")";
            case 3 -> "(-(" + any("n", depth) + "))";
            default -> any("span", depth) + ".toSeconds()";
        };
    }
}
