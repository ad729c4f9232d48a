// SPDX-License-Identifier: Apache-2.0
/// HTTP as the console speaks it: requests read once, replies with the headers that keep browsers strict.
@NullMarked
package dev.tollgate.console.web;

import org.jspecify.annotations.NullMarked;
