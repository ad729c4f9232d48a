// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.server.mcp;

import dev.tollgate.server.wire.Members;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/// The methods that both eras have, in words of neither.
final class Methods {
    /// Methods whose results of revision 2026-07-28 say how long they may be kept (`server/utilities/caching`).
    private static final Set<String> CACHEABLE = Set.of(
            "server/discover",
            "tools/list",
            "prompts/list",
            "resources/list",
            "resources/templates/list",
            "resources/read");
    /// How long a client may keep a list. A policy that is activated counts from the next call on; a list that
    /// is a minute old names tools that the call then refuses, and hides new ones for a minute.
    private static final long TTL_MILLIS = 60_000;

    private final Feature feature;

    Methods(Feature feature) {
        this.feature = feature;
    }

    /// What the server offers, as a `ServerCapabilities` object.
    ///
    /// @param modern whether lists announce their changes: only the newer era has a way to
    Value.Fields capabilities(boolean modern) {
        Value.Fields changes = new Value.Fields(modern ? Map.of("listChanged", Value.of(true)) : Map.of());
        Map<String, Value> offered = new TreeMap<>();
        offered.put("tools", changes);
        if (feature.extras().isPresent()) {
            offered.put("prompts", changes);
            offered.put("resources", modern ? changes : new Value.Fields(Map.of("subscribe", Value.of(true))));
            offered.put("completions", Message.EMPTY);
            offered.put("logging", Message.EMPTY);
        }
        return new Value.Fields(offered);
    }

    boolean hasExtras() {
        return feature.extras().isPresent();
    }

    /// How long a result may be kept, for the methods whose results say so.
    static Value.Fields cacheable(String method, Value.Fields result) {
        if (!CACHEABLE.contains(method)) {
            return result;
        }
        Map<String, Value> more = new TreeMap<>(result.values());
        // Always private: what a principal sees is nobody else's business.
        more.put("cacheScope", Value.of("private"));
        more.put("ttlMs", Value.of(TTL_MILLIS));
        return new Value.Fields(more);
    }

    /// Does what was asked.
    Outcome run(Asked asked) {
        Optional<String> fault = asked.fault();
        if (fault.isPresent()) {
            return Outcome.invalid(fault.get());
        }
        return switch (asked.request().method()) {
            case "tools/list" -> tools(asked);
            case "tools/call" -> call(asked);
            case "prompts/list" -> extra(more -> listed(asked, "prompts", more.prompts(), "name"));
            case "prompts/get" -> extra(more -> more.prompt(asked.call(Asked.arguments(asked.request()))));
            case "resources/list" -> extra(more -> listed(asked, "resources", more.resources(), "uri"));
            case "resources/templates/list" ->
                extra(more -> listed(asked, "resourceTemplates", more.templates(), "uriTemplate"));
            case "resources/read" -> extra(more -> more.read(asked.call(Message.EMPTY)));
            case "completion/complete" ->
                extra(more -> more.complete(asked.call(asked.request().params())));
            default -> new Outcome.NoMethod();
        };
    }

    private Outcome extra(Function<Feature.Extras, Outcome> use) {
        return feature.extras().map(use).orElseGet(Outcome.NoMethod::new);
    }

    private Outcome tools(Asked asked) {
        return switch (feature.tools(asked.who())) {
            case Step.Refused<List<Tool>> refused -> new Outcome.Refused(refused.why());
            case Step.Passed<List<Tool>> passed -> paged(asked, "tools", passed.state(), Tool::name, Tool::wire);
        };
    }

    private Outcome call(Asked asked) {
        if (Members.text(asked.request().params(), "name").isEmpty()) {
            return Outcome.invalid("`name` is required");
        }
        Value.Fields arguments = Asked.arguments(asked.request());
        Optional<String> disagreement = feature.mirrored(Asked.name(asked.request()))
                .flatMap(schema -> HeaderValues.disagreement(
                        schema, arguments, asked.line().turn()));
        return disagreement.<Outcome>map(Outcome.Mismatch::new).orElseGet(() -> feature.call(asked.call(arguments)));
    }

    private static Outcome listed(Asked asked, String member, List<Value.Fields> all, String key) {
        return paged(asked, member, all, item -> Members.text(item, key).orElse(""), item -> item);
    }

    private static <T> Outcome paged(
            Asked asked, String member, List<T> all, Function<T, String> name, Function<T, Value.Fields> wire) {
        Value.Fields params = asked.request().params();
        boolean malformed =
                Members.has(params, "cursor") && Members.text(params, "cursor").isEmpty();
        Optional<Pages.Page<T>> page =
                malformed ? Optional.empty() : Pages.of(all, name, Members.text(params, "cursor"));
        return page.map(found -> {
                    Map<String, Value> result = new TreeMap<>();
                    result.put(
                            member,
                            new Value.Items(
                                    found.items().stream().<Value>map(wire).toList()));
                    found.next().ifPresent(next -> result.put("nextCursor", Value.of(next)));
                    return Outcome.done(result);
                })
                .orElseGet(() -> Outcome.invalid("`cursor` is none of this server's"));
    }
}
