// SPDX-License-Identifier: Apache-2.0
/// Tests of reading YAML: limits, places, suggestions.
@NullMarked
package dev.tollgate.catalog.yaml;

import org.jspecify.annotations.NullMarked;
