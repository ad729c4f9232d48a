// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.ProblemLog;
import java.util.Collection;

/// What tools send ends somewhere that the bundle knows, and who may be written to is on file in a contract
/// of the
/// same bundle.
record OutletCheck(Catalog catalog, ProblemLog problems) {
    void check(Collection<String> destinations) {
        for (ToolType tool : catalog.tools()) {
            tool.outlet().ifPresent(outlet -> {
                if (!destinations.contains(outlet.destination())) {
                    problems.add(
                            Mark.start("zones.yaml"),
                            "the tool `" + tool.name() + "` sends to a destination that is not here",
                            outlet.destination(),
                            destinations);
                }
                outlet.onFile()
                        .filter(file -> !files(file))
                        .ifPresent(file -> problems.add(
                                Mark.start("contracts/"),
                                "the tool `" + tool.name() + "` looks addresses up in `" + file.object() + "."
                                        + file.address()
                                        + "` of `" + file.system()
                                        + "`, and no contract has such a field of type `text` to filter by"));
            });
        }
    }

    private boolean files(Outlet.OnFile file) {
        return catalog.object(file.system(), file.object())
                .flatMap(object -> object.field(file.address()))
                .filter(field -> field.type() == ValueType.TEXT)
                .filter(FieldType::filterable)
                .isPresent();
    }
}
