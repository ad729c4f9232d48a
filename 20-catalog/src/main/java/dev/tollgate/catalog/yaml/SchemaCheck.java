// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog.yaml;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Checks a tree against a JSON Schema (2020-12) and says what does not fit in words of the schema's own descriptions.
/// Follows references inside the schema only: nothing is fetched.
public final class SchemaCheck {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;
    private final Schema schema;

    private SchemaCheck(JsonNode document) {
        this.document = document;
        this.schema = SchemaRegistry.withDefaultDialect(
                        SpecificationVersion.DRAFT_2020_12,
                        builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(document);
    }

    /// The check of a schema that is a resource beside `owner`.
    ///
    /// @throws IllegalStateException when there is no such resource
    public static SchemaCheck of(Class<?> owner, String resource) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + resource + " is missing from the build");
            }
            return new SchemaCheck(JSON.readTree(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /// Notes everything in `root` that does not fit.
    public void check(YamlNode root, ProblemLog log) {
        for (Error error : schema.validate(json(root))) {
            log.add(problem(root, error));
        }
    }

    private Problem problem(YamlNode root, Error error) {
        YamlNode at = find(root, error.getInstanceLocation().toString());
        JsonNode rule =
                document.at(parent(error.getSchemaLocation().getFragment().toString()));
        String property = error.getProperty() == null ? "" : error.getProperty();
        String written = at instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        return switch (error.getKeyword()) {
            case "additionalProperties" -> unknownKey(at, property, rule);
            case "propertyNames" ->
                Problem.of(
                        keyAt(at, property),
                        "the name " + Problem.quote(property) + " " + mustBe(followed(rule.path("propertyNames"))));
            case "required" -> Problem.of(at.at(), "the key " + Problem.quote(property) + " is missing");
            case "enum" ->
                new Problem(
                        at.at(),
                        Problem.quote(written) + " is not one of " + String.join(", ", words(rule)),
                        Nearest.of(written, words(rule)));
            case "type" ->
                Problem.of(at.at(), "this must be " + type(rule.path("type").asString("")) + hint(at, rule));
            case "const" ->
                Problem.of(at.at(), "this must be " + rule.path("const").asString());
            case "pattern" -> Problem.of(at.at(), Problem.quote(written) + " " + mustBe(rule));
            case "minimum", "maximum" ->
                Problem.of(
                        at.at(),
                        "this must be between " + rule.path("minimum").asString() + " and "
                                + rule.path("maximum").asString());
            case "minLength", "maxLength" ->
                Problem.of(
                        at.at(),
                        "this must have " + rule.path("minLength").asString("0") + " to "
                                + rule.path("maxLength").asString() + " characters");
            case "minItems", "maxItems" ->
                Problem.of(
                        at.at(),
                        "this must have " + rule.path("minItems").asString("0") + " to "
                                + rule.path("maxItems").asString() + " items");
            case "minProperties", "maxProperties" ->
                Problem.of(
                        at.at(),
                        "this must have " + rule.path("minProperties").asString("0") + " to "
                                + rule.path("maxProperties").asString() + " entries");
            case "uniqueItems" -> Problem.of(at.at(), "an item is there twice");
            default -> Problem.of(at.at(), "this does not fit the schema (" + error.getKeyword() + ")");
        };
    }

    private static Problem unknownKey(YamlNode at, String property, JsonNode rule) {
        List<String> known = List.copyOf(rule.path("properties").propertyNames());
        return new Problem(
                keyAt(at, property),
                "the key " + Problem.quote(property) + " is not known here",
                Nearest.of(property, known));
    }

    private static Mark keyAt(YamlNode at, String key) {
        return at.asMapping()
                .flatMap(mapping -> mapping.entry(key))
                .map(YamlNode.Entry::keyAt)
                .orElse(at.at());
    }

    /// What a reference inside the schema leads to.
    private JsonNode followed(JsonNode rule) {
        String reference = rule.path("$ref").asString("");
        return reference.startsWith("#") ? document.at(reference.substring(1)) : rule;
    }

    private static String mustBe(JsonNode rule) {
        return "is not " + rule.path("description").asString("what the schema asks for");
    }

    private static List<String> words(JsonNode rule) {
        List<String> words = new ArrayList<>();
        rule.path("enum").forEach(word -> words.add(word.asString()));
        return words;
    }

    private static String type(String word) {
        return switch (word) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "string" -> "text";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            default -> "of another type";
        };
    }

    private static String hint(YamlNode at, JsonNode rule) {
        boolean quotes = at instanceof YamlNode.Scalar scalar
                && !scalar.isNull()
                && rule.path("type").asString("").equals("string");
        return quotes ? ", put it in quotes" : "";
    }

    private static JsonPointer parent(String fragment) {
        JsonPointer pointer = JsonPointer.compile(fragment);
        return Optional.ofNullable(pointer.head()).orElse(JsonPointer.empty());
    }

    private static YamlNode find(YamlNode root, String pointer) {
        YamlNode at = root;
        for (JsonPointer next = JsonPointer.compile(pointer); !next.matches(); next = next.tail()) {
            String name = next.getMatchingProperty();
            int index = next.getMatchingIndex();
            Optional<YamlNode> below = switch (at) {
                case YamlNode.Mapping mapping -> mapping.get(name);
                case YamlNode.Sequence sequence ->
                    index >= 0 && index < sequence.items().size()
                            ? Optional.of(sequence.items().get(index))
                            : Optional.empty();
                case YamlNode.Scalar _ -> Optional.empty();
            };
            if (below.isEmpty()) {
                return at;
            }
            at = below.get();
        }
        return at;
    }

    private static JsonNode json(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                ObjectNode object = NODES.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key(), json(entry.value())));
                yield object;
            }
            case YamlNode.Sequence sequence ->
                NODES.arrayNode()
                        .addAll(sequence.items().stream().map(SchemaCheck::json).toList());
            case YamlNode.Scalar scalar -> scalar(scalar);
        };
    }

    private static JsonNode scalar(YamlNode.Scalar scalar) {
        if (scalar.isNull()) {
            return NODES.nullNode();
        }
        if (scalar.isTruth()) {
            return NODES.booleanNode(scalar.text().equals("true"));
        }
        if (scalar.isInteger()) {
            return NODES.numberNode(Long.parseLong(scalar.text()));
        }
        return scalar.isNumber()
                ? NODES.numberNode(new java.math.BigDecimal(scalar.text()))
                : NODES.stringNode(scalar.text());
    }
}
