// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.cedar.frontend;

import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.formatter.PolicyFormatter;
import com.cedarpolicy.model.DetailedError;
import com.cedarpolicy.model.ValidationRequest;
import com.cedarpolicy.model.ValidationResponse;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.InternalException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.model.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The calls into cedar-java. To be made on a large stack, with text that was scanned.
final class Native {
    /// What cedar-java puts before each message.
    private static final String[] PREFIXES = {"Internal error: ", "Internal JNI Error: "};
    /// A schema that everything parses against: asking for validation is the only way to be told the place of an error.
    private static final String NO_SCHEMA = "entity Any; action any appliesTo { principal: Any, resource: Any };";

    private Native() {}

    /// cedar-java refused the text.
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        Refused(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// The policy set in JSON.
    static String toJson(String policies) throws Refused {
        try {
            return PolicySet.parsePolicies(policies).toJson();
        } catch (InternalException refused) {
            throw new Refused(reason(refused));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new Refused("the policies cannot be written as JSON");
        }
    }

    /// Why a text is no policy set, with places; empty when it is one.
    static List<Problem> syntax(String policies, List<PolicyScan.Piece> pieces) throws Refused {
        try {
            PolicySet.parsePolicies(policies);
            return List.of();
        } catch (InternalException refused) {
            List<Problem> problems = new ArrayList<>();
            for (int at = 0; at < pieces.size(); at++) {
                problems.addAll(syntax(policies, pieces.get(at), "policy" + at));
            }
            return problems.isEmpty() ? List.of(new Problem("", 0, 0, reason(refused))) : problems;
        }
    }

    private static List<Problem> syntax(String policies, PolicyScan.Piece piece, String id) throws Refused {
        ValidationResponse response = ask(NO_SCHEMA, set(List.of(piece), id));
        List<Problem> problems = new ArrayList<>();
        response.errors.ifPresent(errors -> errors.forEach(error -> problems.add(problem(policies, piece, id, error))));
        return problems;
    }

    /// What the validator says of policies that parse; why they do not parse otherwise.
    static CedarFrontend.Validated validate(String policies, List<PolicyScan.Piece> pieces, String schema)
            throws Refused {
        List<Problem> broken = syntax(policies, pieces);
        if (!broken.isEmpty()) {
            return new CedarFrontend.Validated(broken, List.of());
        }
        ValidationResponse response = ask(escaped(schema), set(pieces, ""));
        List<Problem> errors = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        response.errors.ifPresent(all -> all.forEach(error -> errors.add(new Problem("", 0, 0, error.message))));
        if (response.success.isEmpty() && errors.isEmpty()) {
            errors.add(new Problem("", 0, 0, "the official validator did not answer"));
        }
        response.success.ifPresent(success -> {
            success.validationErrors.forEach(
                    error -> errors.add(problem(policies, pieces, error.getPolicyId(), error.getError())));
            success.validationWarnings.forEach(
                    error -> warnings.add(problem(policies, pieces, error.getPolicyId(), error.getError())));
        });
        return new CedarFrontend.Validated(errors, warnings);
    }

    static String schemaToJson(String schema) throws Refused {
        try {
            return Schema.parse(Schema.JsonOrCedar.Cedar, escaped(schema))
                    .toJsonFormat()
                    .toString();
        } catch (InternalException refused) {
            throw new Refused(reason(refused));
        } catch (com.fasterxml.jackson.core.JsonProcessingException broken) {
            throw new Refused("the schema cannot be written as JSON");
        }
    }

    static String format(String policies) throws Refused {
        try {
            return PolicyFormatter.policiesStrToPretty(policies);
        } catch (InternalException refused) {
            throw new Refused(reason(refused));
        }
    }

    private static ValidationResponse ask(String schema, PolicySet policies) throws Refused {
        try {
            Schema parsed = Schema.parse(Schema.JsonOrCedar.Cedar, schema);
            return new BasicAuthorizationEngine().validate(new ValidationRequest(parsed, policies));
        } catch (AuthException refused) {
            throw new Refused(reason(refused));
        }
    }

    /// The pieces as a set of cedar-java; with ids `policy0`, `policy1`, …, or one piece with an id of its own.
    private static PolicySet set(List<PolicyScan.Piece> pieces, String id) {
        Set<Policy> policies = new HashSet<>();
        Set<Policy> templates = new HashSet<>();
        for (int at = 0; at < pieces.size(); at++) {
            String text = pieces.get(at).text();
            boolean slots = text.contains("?principal") || text.contains("?resource");
            (slots ? templates : policies).add(new Policy(text, id.isEmpty() ? "policy" + at : id));
        }
        return new PolicySet(policies, templates);
    }

    private static Problem problem(String policies, List<PolicyScan.Piece> pieces, String id, DetailedError error) {
        for (int at = 0; at < pieces.size(); at++) {
            if (id.equals("policy" + at)) {
                return problem(policies, pieces.get(at), id, error);
            }
        }
        return new Problem(id, 0, 0, error.message);
    }

    private static Problem problem(String policies, PolicyScan.Piece piece, String id, DetailedError error) {
        String own = "failed to parse policy with id `" + id + "` from string: ";
        String said = error.message.startsWith(own) ? error.message.substring(own.length()) : error.message;
        String message = said.replace("for policy `" + id + "`, ", "")
                + error.help.map(help -> "; " + help).orElse("");
        int inPiece = error.sourceLocations.isEmpty() ? 0 : error.sourceLocations.getFirst().start;
        return Places.problem(id, policies, piece.start() + Places.character(piece.text(), inPiece), message);
    }

    /// Characters above U+FFFF as escapes: cedar-java hands schemas over in the JVM's own UTF-8, which Rust refuses.
    /// They can stand in quoted names and in comments only.
    private static String escaped(String schema) {
        StringBuilder escaped = new StringBuilder(schema.length());
        schema.codePoints().forEach(point -> {
            if (point > 0xFFFF) {
                escaped.append("\\u{").append(Integer.toHexString(point)).append('}');
            } else {
                escaped.appendCodePoint(point);
            }
        });
        return escaped.toString();
    }

    private static String reason(AuthException refused) {
        String reason = refused.getMessage() == null ? "refused" : refused.getMessage();
        for (String prefix : PREFIXES) {
            reason = reason.startsWith(prefix) ? reason.substring(prefix.length()) : reason;
        }
        return reason;
    }
}
