// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.scenarios.matrix;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tollgate.scenarios.harness.MovingClock;
import dev.tollgate.scenarios.harness.TrytonCalls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Stands between the gateway and a real Tryton, and puts canaries into its answers: into every field that was asked of
/// two records of each object, computed fields included, which nobody could plant in its database. Ids of records,
/// owners and customers are canaries that are turned back into the real ones in questions.
final class TrytonCanaries implements AutoCloseable {
    /// The account of every person: an employee of the own records.
    static final String OWNER = canary(18_001);

    private static final String OTHER = canary(18_002);
    private static final String ELSEWHERE = canary(18_003);
    private static final Pattern NUMBER = Pattern.compile("\\b2[01]\\d{8}\\b");
    private static final Pattern METHOD = Pattern.compile("\"method\":\"model\\.([a-z_.]+)\\.search_read\"");
    private static final JsonMapper JSON = new JsonMapper();

    private final TrytonCalls tryton = new TrytonCalls();
    private final BundleText bundle;
    private final CanaryValues values;
    private final Map<String, List<Canaries.Planted>> records = new TreeMap<>();

    /// Upstream path → value, by model and real id.
    private final Map<String, Map<String, JsonNode>> cells = new TreeMap<>();

    private final HttpServer server;

    /// Sets `clock` to an hour after the seed was made, so that no window leaves it out, whenever the test runs.
    TrytonCanaries(BundleText bundle, MovingClock clock) {
        this.bundle = bundle;
        JsonNode first = rows("sale.opportunity", "create_date").path(0).path("create_date");
        Instant seeded = LocalDateTime.of(
                        first.path("year").asInt(),
                        first.path("month").asInt(),
                        first.path("day").asInt(),
                        first.path("hour").asInt(),
                        first.path("minute").asInt())
                .toInstant(ZoneOffset.UTC);
        clock.advance(Duration.between(clock.instant(), seeded.plus(Duration.ofHours(1))));
        this.values = new CanaryValues(clock.instant());
        bundle.models().forEach(this::plant);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    private JsonNode rows(String model, String field) {
        return tryton.call(
                "model." + model + ".search_read", "[[],0,2,[[\"id\",\"ASC\"]],[\"id\",\"" + field + "\"],{}]");
    }

    /// A canary for a real id, and within what Tryton takes for an id.
    private static String canary(long id) {
        return String.valueOf(2_000_000_000L + id * 7_919L);
    }

    private static String real(String number) {
        long offset = Long.parseLong(number) - 2_000_000_000L;
        return offset % 7_919L == 0 ? String.valueOf(offset / 7_919L) : number;
    }

    private void plant(String object, String model) {
        Map<String, String> facts = bundle.facts().getOrDefault(object, Map.of());
        String customer = facts.getOrDefault("customer", "id");
        String path = bundle.fields().getOrDefault(object, List.of()).stream()
                .filter(field -> field.name().equals(customer))
                .map(BundleText.Field::upstream)
                .findFirst()
                .orElse("id");
        int number = 0;
        for (JsonNode row : rows(model, path)) {
            boolean own = number++ == 0;
            Map<String, String> tokens = new TreeMap<>();
            for (BundleText.Field field : bundle.fields().getOrDefault(object, List.of())) {
                Optional<String> fixed = fixed(field, row, facts, own);
                CanaryValues.Cell cell = fixed.map(CanaryValues::text).orElseGet(() -> next(field));
                cell.token().ifPresent(token -> tokens.put(field.name(), token));
                // A stand-in counts only while the first is empty, and the first never is.
                String first = field.upstream().replaceFirst("\\|.*", "");
                cells.computeIfAbsent(model + "," + row.path("id").asLong(), _ -> new TreeMap<>())
                        .put(first, json(field, cell));
            }
            String id = canary(row.path("id").asLong());
            String bound = own ? tokens.getOrDefault(customer, ELSEWHERE) : ELSEWHERE;
            records.computeIfAbsent(object, _ -> new ArrayList<>())
                    .add(new Canaries.Planted(
                            object, own ? "own" : "other's", id, bound, tokens, facts(facts, tokens)));
        }
    }

    private Optional<String> fixed(BundleText.Field field, JsonNode row, Map<String, String> facts, boolean own) {
        if (field.name().equals(facts.get("owner"))) {
            return Optional.of(own ? OWNER : OTHER);
        }
        boolean id = field.upstream().equals("id") || field.name().equals(facts.get("customer"));
        return id ? Optional.of(canary(row.path(field.upstream()).asLong())) : Optional.empty();
    }

    /// References are numbers in Tryton.
    private CanaryValues.Cell next(BundleText.Field field) {
        boolean reference = field.type().equals("reference");
        return values.next(reference ? field.typed("integer") : field);
    }

    private static Oracle.Row facts(Map<String, String> fields, Map<String, String> tokens) {
        Map<String, String> facts = new TreeMap<>();
        fields.forEach((fact, field) -> facts.put(fact, tokens.getOrDefault(field, "")));
        return new Oracle.Row(
                facts, Optional.ofNullable(facts.remove("updated")).map(Instant::parse));
    }

    private static JsonNode json(BundleText.Field field, CanaryValues.Cell cell) {
        String token = cell.token().orElse("true");
        return JSON.readTree(
                switch (field.type()) {
                    case "decimal" -> "{\"__class__\":\"Decimal\",\"decimal\":\"" + token + "\"}";
                    case "date" -> "{\"__class__\":\"date\"," + day(token) + "}";
                    case "moment" ->
                        "{\"__class__\":\"datetime\"," + day(token) + "," + time(Instant.parse(token)) + "}";
                    case "boolean", "integer", "reference" -> token;
                    default -> JSON.writeValueAsString(token);
                });
    }

    private static String day(String token) {
        String[] parts = token.substring(0, 10).split("-", -1);
        return "\"year\":" + Integer.parseInt(parts[0]) + ",\"month\":" + Integer.parseInt(parts[1]) + ",\"day\":"
                + Integer.parseInt(parts[2]);
    }

    private static String time(Instant at) {
        LocalDateTime utc = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        return "\"hour\":" + utc.getHour() + ",\"minute\":" + utc.getMinute() + ",\"second\":" + utc.getSecond()
                + ",\"microsecond\":" + utc.getNano() / 1_000;
    }

    Canaries planted() {
        return new Canaries(records);
    }

    /// Where the gateway is to connect.
    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/crm/");
    }

    private void serve(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        HttpResponse<String> answer = tryton.send(
                NUMBER.matcher(question).replaceAll(number -> real(number.group())),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")));
        Matcher method = METHOD.matcher(question);
        String told = method.find() ? replaced(method.group(1), answer.body()) : answer.body();
        byte[] body = told.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.statusCode(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String replaced(String model, String answer) {
        JsonNode message = JSON.readTree(answer);
        for (JsonNode row : message.path("result")) {
            Map<String, JsonNode> planted =
                    cells.getOrDefault(model + "," + row.path("id").asLong(), Map.of());
            planted.forEach((path, value) -> put((ObjectNode) row, path, value));
        }
        return JSON.writeValueAsString(message);
    }

    /// Replaces what is there; a relation that is empty gets a record of its own.
    private static void put(ObjectNode row, String path, JsonNode value) {
        int dot = path.indexOf('.');
        String name = dot < 0 ? path : path.substring(0, dot + 1);
        if (!row.has(name)) {
            return;
        }
        if (dot < 0) {
            row.set(name, value);
        } else {
            String rest = path.substring(dot + 1);
            ObjectNode related = row.get(name) instanceof ObjectNode known
                    ? known
                    : row.putObject(name).put("id", 1);
            related.putNull(rest.contains(".") ? rest.substring(0, rest.indexOf('.') + 1) : rest);
            put(related, rest, value);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        tryton.close();
    }
}
