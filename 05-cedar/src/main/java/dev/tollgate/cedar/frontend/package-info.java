// SPDX-License-Identifier: Apache-2.0
/// The official Cedar, fenced. Parses, validates and formats policies on the control plane and never sees a request:
/// nested text kills the native library's process on a small stack, and deep contexts make it print values. The only
/// package that may import `com.cedarpolicy`.
@NullMarked
package dev.tollgate.cedar.frontend;

import org.jspecify.annotations.NullMarked;
