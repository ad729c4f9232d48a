// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.gates;

import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/// Draws entities and requests whose attributes are often missing and sometimes of the wrong type, in JSON that both
/// evaluators read.
final class World {
    static final List<String> TEXTS = List.of("\"\"", "\"a\"", "\"ab\"", "\"a*b\"", "\"usr_1\"", "\"é\"", "\"t1\"");
    static final List<String> LONGS =
            List.of("0", "1", "-1", "2", "7", "100", "9223372036854775807", "-9223372036854775808");
    static final List<String> ADDRESSES =
            List.of("10.0.0.1", "10.0.0.0/8", "192.168.0.0/16", "::1", "ff00::/8", "127.0.0.1", "0.0.0.0/0");
    static final List<String> DECIMALS = List.of("0.5", "-0.5", "0.10", "100.0", "922337203685477.5807");
    static final List<String> TIMES =
            List.of("1970-01-01", "2026-11-21T02:58:03Z", "1969-12-31T23:59:59.999Z", "2026-08-23");
    static final List<String> SPANS = List.of("0s", "5m", "90d", "-1ms", "1d2h");

    /// Attributes by their type; the names are the types' letters.
    static final List<String> ATTRIBUTES =
            List.of("n", "m", "s", "q", "b", "e", "ss", "se", "r", "ip", "dec", "at", "span");

    private static final List<String> TYPES = List.of("User", "Group", "Doc", "Folder", "NS::Team");
    private static final int PER_TYPE = 4;
    private static final double MISSING = 0.15;
    private static final double DAMAGED = 0.08;

    private final RandomGenerator random;

    World(RandomGenerator random) {
        this.random = random;
    }

    static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// A uid in Cedar's syntax; now and then of an entity that does not exist.
    static String uid(RandomGenerator random) {
        return uid(random, one(random, TYPES));
    }

    static String uid(RandomGenerator random, String type) {
        return type + "::\"" + type.charAt(0) + random.nextInt(PER_TYPE + 1) + "\"";
    }

    /// A uid in JSON.
    static String json(String uid) {
        int at = uid.indexOf("::\"");
        return "{\"type\":\"" + uid.substring(0, at) + "\",\"id\":" + uid.substring(at + 2) + "}";
    }

    /// All entities. A parent has a greater number or a later type, so that there is no cycle: cedar-java refuses them.
    String entities() {
        StringJoiner all = new StringJoiner(",", "[", "]");
        for (int type = 0; type < TYPES.size(); type++) {
            for (int number = 0; number < PER_TYPE; number++) {
                all.add(entity(type, number));
            }
        }
        all.add(action("read", "looking")).add(action("list", "looking")).add(action("write", "changing"));
        all.add(action("looking", "anything")).add(action("changing", "anything"));
        return all.toString();
    }

    private static String action(String id, String group) {
        return "{\"uid\":{\"type\":\"Action\",\"id\":\"" + id
                + "\"},\"attrs\":{},\"parents\":[{\"type\":\"Action\",\"id\":\"" + group + "\"}]}";
    }

    private String entity(int type, int number) {
        StringJoiner parents = new StringJoiner(",", "[", "]");
        for (int above = type; above < TYPES.size(); above++) {
            for (int other = above == type ? number + 1 : 0; other < PER_TYPE; other++) {
                if (random.nextInt(7) == 0) {
                    parents.add(json(named(above, other)));
                }
            }
        }
        StringJoiner tags = new StringJoiner(",", "{", "}");
        for (String key : TEXTS) {
            if (random.nextInt(4) == 0) {
                tags.add(key + ":" + value(one(random, List.of("n", "s", "b")), 1));
            }
        }
        return "{\"uid\":" + json(named(type, number)) + ",\"attrs\":" + record(2) + ",\"tags\":" + tags
                + ",\"parents\":" + parents + "}";
    }

    private static String named(int type, int number) {
        return TYPES.get(type) + "::\"" + TYPES.get(type).charAt(0) + number + "\"";
    }

    /// A request; its context has a record `row` beside the attributes that entities have.
    Oracle.Asked asked() {
        String context = record(2);
        String row = "\"row\":" + record(1);
        return new Oracle.Asked(
                json(uid(random, "User")),
                json("Action::\"" + one(random, List.of("read", "list", "write", "delete")) + "\""),
                json(uid(random, random.nextInt(4) == 0 ? "Folder" : "Doc")),
                context.equals("{}") ? "{" + row + "}" : context.substring(0, context.length() - 1) + "," + row + "}");
    }

    private String record(int depth) {
        StringJoiner attributes = new StringJoiner(",", "{", "}");
        for (String name : ATTRIBUTES) {
            boolean nested = name.equals("r") && depth == 0;
            if (!nested && random.nextDouble() >= MISSING) {
                String type = random.nextDouble() < DAMAGED ? one(random, List.of("n", "s", "b", "ss", "ip")) : name;
                attributes.add("\"" + name + "\":" + value(type, depth));
            }
        }
        return attributes.toString();
    }

    /// A value of the type that an attribute of that name should have.
    String value(String type, int depth) {
        return switch (type) {
            case "n", "m" -> one(random, LONGS);
            case "s", "q" -> one(random, TEXTS);
            case "b" -> random.nextBoolean() ? "true" : "false";
            case "e" -> "{\"__entity\":" + json(uid(random)) + "}";
            case "ss" -> "[" + one(random, TEXTS) + "," + one(random, TEXTS) + "]";
            case "se" -> "[" + value("e", 0) + "," + value("e", 0) + "]";
            case "r" -> record(depth - 1);
            case "ip" -> extension("ip", one(random, ADDRESSES));
            case "dec" -> extension("decimal", one(random, DECIMALS));
            case "at" -> extension("datetime", one(random, TIMES));
            case "span" -> extension("duration", one(random, SPANS));
            default -> throw new IllegalArgumentException("no attribute `" + type + "`");
        };
    }

    private static String extension(String function, String argument) {
        return "{\"__extn\":{\"fn\":\"" + function + "\",\"arg\":\"" + argument + "\"}}";
    }
}
