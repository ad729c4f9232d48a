// SPDX-License-Identifier: Apache-2.0
/// What the whole gateway keeps when its process is killed, its disk fails or its log is damaged.
@NullMarked
package dev.tollgate.scenarios.durable;

import org.jspecify.annotations.NullMarked;
