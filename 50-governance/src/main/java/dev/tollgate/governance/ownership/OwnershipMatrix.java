// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.governance.ownership;

import dev.tollgate.catalog.Catalog;
import dev.tollgate.catalog.Contract;
import dev.tollgate.catalog.FieldType;
import dev.tollgate.catalog.ObjectType;
import dev.tollgate.catalog.Reversibility;
import dev.tollgate.catalog.ToolType;
import dev.tollgate.catalog.WriteClass;
import dev.tollgate.governance.ownership.OwnershipRow.Method;
import dev.tollgate.governance.ownership.OwnershipRow.Writer;
import dev.tollgate.terms.FieldPath;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Who answers for each field of each system, who writes it, and how it is put back (requirements S4-2,
/// S4-14): read from the contracts in force, so it is never out of date.
///
/// @param rows by system, object and field, in the order of the contracts
public record OwnershipMatrix(List<OwnershipRow> rows) {
    public OwnershipMatrix {
        rows = List.copyOf(rows);
    }

    /// The matrix of a catalog.
    public static OwnershipMatrix of(Catalog catalog) {
        List<OwnershipRow> rows = new ArrayList<>();
        // A sink keeps no records that anybody could own.
        List<Contract> kept =
                catalog.contracts().stream().filter(one -> !one.isSink()).toList();
        for (Contract contract : kept) {
            for (ObjectType object : contract.objects()) {
                for (FieldType field : object.fields()) {
                    rows.add(row(contract, object, field));
                }
            }
        }
        return new OwnershipMatrix(rows);
    }

    private static OwnershipRow row(Contract contract, ObjectType object, FieldType field) {
        List<ToolType> tools = contract.tools().stream()
                .filter(tool ->
                        tool.object().equals(object.name()) && tool.accepts().contains(field.name()))
                .toList();
        return new OwnershipRow(
                contract.system(),
                new FieldPath(object.name(), field.name()),
                field.owner(),
                field.sourceOfTruth(),
                writers(field.writeClass(), !tools.isEmpty()),
                field.writeClass().commits(),
                method(tools),
                field.writeClass(),
                field.revenue(),
                field.suggestion());
    }

    /// An agent writes what some tool takes; a commitment that a tool takes stays a person's, who approves
    /// it.
    private static Set<Writer> writers(WriteClass writeClass, boolean taken) {
        Set<Writer> writers = switch (writeClass) {
            case NEVER, HUMAN -> EnumSet.of(Writer.HUMAN);
            case WORKFLOW -> EnumSet.of(Writer.HUMAN, Writer.WORKFLOW);
            case SYSTEM, DERIVED -> EnumSet.of(Writer.SYSTEM);
            case DRAFT, OPERATIONAL -> EnumSet.of(Writer.HUMAN);
        };
        if (taken) {
            writers.add(Writer.AGENT);
        }
        return writers;
    }

    private static Method method(List<ToolType> tools) {
        Method worst = Method.NOT_WRITTEN;
        for (ToolType tool : tools) {
            Method one = method(tool.reversibility());
            worst = one.compareTo(worst) > 0 ? one : worst;
        }
        return worst;
    }

    private static Method method(Reversibility reversibility) {
        return switch (reversibility) {
            case READ_ONLY -> Method.NOT_WRITTEN;
            case REVERSIBLE -> Method.JOURNAL;
            case COMPENSABLE -> Method.COMPENSATION;
            case IRREVERSIBLE -> Method.NONE;
        };
    }
}
