// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.gateway.stage;

import dev.tollgate.catalog.Arguments;
import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.gateway.state.Authenticated;
import dev.tollgate.gateway.state.Validated;
import dev.tollgate.policy.Situation;
import dev.tollgate.terms.Principal;
import dev.tollgate.terms.Refusal;
import dev.tollgate.terms.Step;
import dev.tollgate.terms.ToolName;
import java.util.Optional;
import java.util.SortedSet;

/// Stage 2: what does the call mean? A tool that the principal may not use and a tool that does not
/// exist are one thing. A sink that is not connected here is no tool either: nothing is drafted for a
/// door that is not there.
///
/// @param connectors tells which sinks are connected
public record Validate(Cursors cursors, Connectors connectors) {
    /// Refuses with `UnknownTool` or `Malformed`.
    public Step<Validated> apply(Authenticated authenticated) {
        ToolName name = authenticated.from().call().tool();
        Catalog catalog = authenticated.policy().bundle().catalog();
        Optional<ToolType> tool = catalog.tool(name).filter(found -> connectors.offers(catalog, found));
        Optional<ObjectType> object = tool.flatMap(found -> catalog.object(found.system(), found.object()));
        Situation situation = Situation.at(authenticated.from().at());
        Principal who = authenticated.principal();
        Optional<SortedSet<String>> visible = tool.isPresent() && object.isPresent()
                ? authenticated.policy().visible(who, tool.get(), object.get(), situation)
                : Optional.empty();
        if (visible.isEmpty()) {
            return Step.refuse(new Refusal.UnknownTool(name));
        }
        return Arguments.read(
                        tool.get(),
                        object.get(),
                        authenticated.from().call().arguments(),
                        visible.get(),
                        cursors.of(who, authenticated.policy().bundle().version()))
                .then(asked -> Step.pass(new Validated(authenticated, tool.get(), object.get(), asked)));
    }
}
