// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.connectors;

import dev.tollgate.terms.Fact;
import dev.tollgate.terms.Operation.Condition;
import dev.tollgate.terms.RowRule;
import java.util.List;
import java.util.Map;

/// What the contract kit knows of a system under test: one object, one record of it, and rules of which it is known
/// whether that record meets them.
///
/// @param object   contract name of the object
/// @param upstream the system's name of it
/// @param idField  contract name of the record id
/// @param columns  by contract name of the field
/// @param facts    contract name of the field behind each fact
/// @param record   id of a record that exists
/// @param absent   id of none
/// @param fields   fields that the tests ask for
/// @param wireNames how each column shows on the wire, by contract name of the field
/// @param finds    a condition that the record meets
/// @param misses   a condition that it does not meet
/// @param inside   rules that the record meets, each on another fact
/// @param outside  rules that it breaks, each on another fact
public record Sample(
        String object,
        String upstream,
        String idField,
        Map<String, Ask.Column> columns,
        Map<Fact, String> facts,
        String record,
        String absent,
        List<String> fields,
        Map<String, List<String>> wireNames,
        Condition finds,
        Condition misses,
        List<RowRule> inside,
        List<RowRule> outside) {}
