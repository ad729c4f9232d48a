// SPDX-License-Identifier: Apache-2.0
/// Reads YAML files of a bundle with a place for everything that is wrong: bounded, without aliases and tags, checked
/// against a JSON Schema, all problems at once, each with a suggestion where one is near. Knows nothing of contracts.
@NullMarked
package dev.tollgate.catalog.yaml;

import org.jspecify.annotations.NullMarked;
