// SPDX-License-Identifier: Apache-2.0
/// What a page of the console is, and what it may answer.
@NullMarked
package dev.tollgate.console.page;

import org.jspecify.annotations.NullMarked;
