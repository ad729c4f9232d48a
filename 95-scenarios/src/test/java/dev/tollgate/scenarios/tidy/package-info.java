// SPDX-License-Identifier: Apache-2.0
/// What the formatter and the compiler do not see, as tests: sizes, headers, documents, dead files, `default` branches
/// that would swallow a new case. Each check has a planted file that it must notice.
@NullMarked
package dev.tollgate.scenarios.tidy;

import org.jspecify.annotations.NullMarked;
