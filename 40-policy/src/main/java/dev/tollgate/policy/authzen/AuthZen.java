// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.authzen;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.policy.FieldVerdict;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import dev.tollgate.terms.Value;
import dev.tollgate.terms.Verb;
import dev.tollgate.terms.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// OpenID AuthZEN 1.0 evaluation requests, mapped to calls of tools, so that a question is decided
/// exactly as the call would be. The subject must be the bearer of the token: nobody asks for somebody
/// else.
///
/// `subject {type: user | agent, id}`, `action {name}`: a verb or a tool, `resource {type, id,
/// properties {system, object, record, fields, where, values}}`; `type` names the object, or is
/// `record`, `object`, or `field` with an id such as `contact.email`.
public final class AuthZen {
    /// Stands for any record when the question names none.
    public static final String ANY_RECORD = "*";

    private static final String FIELD = "field";

    private AuthZen() {}

    /// A call to be decided and not made.
    ///
    /// @param tool      the tool
    /// @param arguments as an agent would send them, not yet validated
    public record Asked(ToolName tool, Value.Fields arguments) {}

    /// The call that a request asks about. Refuses with `Malformed` what cannot be understood and with
    /// `UnknownTool` what no tool does.
    public static Step<Asked> read(Value.Fields request, Principal who, Catalog catalog) {
        Value.Fields subject = part(request, "subject");
        Value.Fields action = part(request, "action");
        Value.Fields resource = part(request, "resource");
        Optional<String> verb = text(action, "name");
        Optional<String> type = text(resource, "type");
        List<String> problems = new ArrayList<>();
        if (!isBearer(subject, who)) {
            problems.add("/subject must be the agent or the user of the bearer token");
        }
        if (verb.isEmpty()) {
            problems.add("/action/name is required");
        }
        if (type.isEmpty()) {
            problems.add("/resource/type is required");
        }
        if (!problems.isEmpty()) {
            return Step.refuse(new Refusal.Malformed(problems));
        }
        Resource asked = Resource.of(type.orElseThrow(), resource);
        Optional<ToolType> tool = tool(verb.orElseThrow(), asked, catalog);
        return tool.isEmpty()
                ? Step.refuse(new Refusal.UnknownTool(new ToolName(shortened(verb.orElseThrow()))))
                : Step.pass(new Asked(tool.get().name(), asked.arguments(tool.get())));
    }

    /// The AuthZEN response: `decision` is true when the operation may go on and every asked field may
    /// be shown in some view.
    public static Value.Fields response(AuthorizationEnvelope envelope) {
        boolean shown = envelope.operation().fields().stream()
                .allMatch(name -> Optional.ofNullable(
                                envelope.decision().verdicts().get(name))
                        .map(FieldVerdict::atMost)
                        .filter(view -> view != View.WITHHELD)
                        .isPresent());
        return answer(envelope.decision().permits() && shown, envelope.toValue());
    }

    /// The AuthZEN response for a question that did not get as far as a decision.
    public static Value.Fields response(Refusal refusal) {
        return answer(
                false,
                new Value.Fields(
                        Map.of("reason", Value.of(refusal.code()), "explanation", Value.of(refusal.explain()))));
    }

    private static Value.Fields answer(boolean decision, Value.Fields context) {
        return new Value.Fields(Map.of("decision", Value.of(decision), "context", context));
    }

    private static boolean isBearer(Value.Fields subject, Principal who) {
        Optional<String> id = text(subject, "id");
        return switch (text(subject, "type").orElse("")) {
            case "agent" -> id.equals(Optional.of(who.agent().value()));
            case "user" -> id.equals(Optional.of(who.user().value()));
            default -> false;
        };
    }

    /// What a request's resource means.
    ///
    /// @param field the one field that the question is about, when its type is `field`
    private record Resource(
            Optional<String> system,
            String object,
            Optional<String> record,
            Optional<String> field,
            Value.Fields properties) {
        static Resource of(String type, Value.Fields resource) {
            Value.Fields properties = part(resource, "properties");
            Optional<String> id = text(resource, "id");
            int dot = id.map(path -> path.indexOf('.')).orElse(-1);
            boolean isField = type.equals(FIELD) && dot > 0;
            Optional<String> named = switch (type) {
                case FIELD -> id.filter(_ -> isField).map(path -> path.substring(0, dot));
                case "object" -> id;
                case "record" -> Optional.empty();
                default -> Optional.of(type);
            };
            boolean ofRecord = !type.equals(FIELD) && !type.equals("object");
            return new Resource(
                    text(properties, "system"),
                    text(properties, "object").or(() -> named).orElse(""),
                    text(properties, "record").or(() -> ofRecord ? id : Optional.empty()),
                    isField ? id.map(path -> path.substring(dot + 1)) : Optional.empty(),
                    properties);
        }

        Value.Fields arguments(ToolType tool) {
            Map<String, Value> arguments = new TreeMap<>();
            switch (tool.kind()) {
                case GET -> {
                    arguments.put("id", Value.of(record.orElse(ANY_RECORD)));
                    fields().ifPresent(fields -> arguments.put("fields", fields));
                }
                case SEARCH -> {
                    fields().ifPresent(fields -> arguments.put("fields", fields));
                    copy("where", arguments);
                    copy("words", arguments);
                    copy("order", arguments);
                    copy("limit", arguments);
                }
                case COUNT -> copy("where", arguments);
                case VERIFY -> {
                    arguments.put("id", Value.of(record.orElse(ANY_RECORD)));
                    copy("claims", arguments);
                }
                case CREATE, SEND -> copy("values", arguments);
                case UPDATE -> {
                    arguments.put("id", Value.of(record.orElse(ANY_RECORD)));
                    copy("values", arguments);
                }
                case DELETE -> arguments.put("id", Value.of(record.orElse(ANY_RECORD)));
                case MERGE -> {
                    arguments.put("id", Value.of(record.orElse(ANY_RECORD)));
                    copy("duplicate", arguments);
                }
            }
            return new Value.Fields(arguments);
        }

        private Optional<Value> fields() {
            Value listed = properties.values().get("fields");
            return listed != null ? Optional.of(listed) : field.map(name -> Value.texts(List.of(name)));
        }

        private void copy(String name, Map<String, Value> into) {
            Value value = properties.values().get(name);
            if (value != null) {
                into.put(name, value);
            }
        }
    }

    /// The tool of that name, or the one that does the verb on the object: to one record when the question
    /// names one.
    private static Optional<ToolType> tool(String action, Resource resource, Catalog catalog) {
        for (ToolType tool : catalog.tools()) {
            if (tool.name().value().equals(action)) {
                return Optional.of(tool);
            }
        }
        Optional<Verb> verb = Verb.of(action);
        boolean one = resource.record().isPresent() || resource.field().isPresent();
        ToolType best = null;
        for (Contract contract : catalog.contracts()) {
            boolean here =
                    resource.system().map(contract.system().value()::equals).orElse(true);
            for (ToolType tool : contract.tools()) {
                boolean fits = here
                        && verb.filter(tool.verb()::equals).isPresent()
                        && tool.object().equals(resource.object());
                boolean better =
                        best == null || (one ? tool.kind() == ToolType.Kind.GET : tool.kind() == ToolType.Kind.SEARCH);
                if (fits && better) {
                    best = tool;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    private static Value.Fields part(Value.Fields of, String name) {
        return of.values().get(name) instanceof Value.Fields fields ? fields : new Value.Fields(Map.of());
    }

    private static Optional<String> text(Value.Fields of, String name) {
        return of.values().get(name) instanceof Value.Text text && !text.text().isBlank()
                ? Optional.of(text.text())
                : Optional.empty();
    }

    private static String shortened(String name) {
        int max = 64;
        String plain = name.replaceAll("[^a-zA-Z0-9_.-]", "?");
        return plain.substring(0, Math.min(max, plain.length()));
    }
}
