// SPDX-License-Identifier: Apache-2.0
/// Reads connector contracts and data classes from the YAML files of a bundle, and drafts a contract from what a system
/// says of itself. A contract with one problem is no contract; all problems are told at once.
@NullMarked
package dev.tollgate.catalog.contracts;

import org.jspecify.annotations.NullMarked;
