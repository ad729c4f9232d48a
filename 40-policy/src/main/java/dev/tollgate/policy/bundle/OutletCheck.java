// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.policy.bundle;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Outlet;
import dev.tollgate.catalog.Sharing;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.ValueType;
import dev.tollgate.catalog.yaml.Mark;
import dev.tollgate.catalog.yaml.ProblemLog;
import java.util.Collection;
import java.util.Optional;

/// What tools send ends somewhere that the bundle knows, and who may be written to is on file in a
/// contract of the same bundle.
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
                outlet.sharing().ifPresent(sharing -> shares(tool, sharing));
                outlet.replies()
                        .filter(replies -> !answers(tool, outlet, replies))
                        .ifPresent(replies -> problems.add(
                                Mark.start("contracts/"),
                                "the tool `" + tool.name() + "` answers `" + replies.object() + "`, whose `"
                                        + replies.asker() + "` refers to nobody on file in this contract"));
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

    /// A payload field is of the class and type of what it is filled from: terms on classes would mean
    /// something else.
    private void shares(ToolType tool, Sharing sharing) {
        ObjectType payload = catalog.object(tool.system(), tool.object()).orElseThrow();
        sharing.fields().forEach((name, source) -> {
            Optional<FieldType> from =
                    catalog.object(sharing.system(), sharing.object()).flatMap(object -> object.field(source));
            boolean same = payload.field(name)
                    .filter(to -> from.filter(one -> one.dataClass().equals(to.dataClass())
                                    && one.type() == to.type()
                                    && one.tier() <= to.tier())
                            .isPresent())
                    .isPresent();
            if (!same) {
                problems.add(
                        Mark.start("contracts/"),
                        "the tool `" + tool.name() + "` fills `" + name + "` from `" + sharing.object() + "." + source
                                + "` of `" + sharing.system() + "`, which is not there or of another type or class");
            }
        });
    }

    /// Whoever asked is one of those on file, by the contract itself.
    private boolean answers(ToolType tool, Outlet outlet, Outlet.Replies replies) {
        return outlet.onFile()
                .filter(file -> file.system().equals(tool.system()))
                .filter(file -> catalog.object(tool.system(), replies.object())
                        .filter(object -> object.relations().stream()
                                .anyMatch(relation -> relation.field().equals(replies.asker())
                                        && relation.object().equals(file.object())))
                        .isPresent())
                .isPresent();
    }

    private boolean files(Outlet.OnFile file) {
        return catalog.object(file.system(), file.object())
                .flatMap(object -> object.field(file.address()))
                .filter(field -> field.type() == ValueType.TEXT)
                .filter(FieldType::filterable)
                .isPresent();
    }
}
