// SPDX-License-Identifier: Apache-2.0
package dev.tollgate.catalog;

/// A way from one object to another. A relation is never a path in a call: an agent reads the reference
/// and asks for the other record, and that call is decided by itself.
///
/// @param name   what the relation is called, for example `account`
/// @param field  the field of type `reference` that holds the other record's id
/// @param object the other object, in the same contract
public record Relation(String name, String field, String object) {}
