// SPDX-License-Identifier: Apache-2.0
/// Stories and limits that people asked for, played through the front door of a whole gateway.
@NullMarked
package dev.tollgate.scenarios.stories;

import org.jspecify.annotations.NullMarked;
