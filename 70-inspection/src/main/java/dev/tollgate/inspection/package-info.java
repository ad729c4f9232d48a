// SPDX-License-Identifier: Apache-2.0
/// What is in the content: secrets, one-time codes, personal data, instructions to the model. Finds
/// them, removes them and marks text as data. Knows nothing of policy: what follows from a finding is
/// decided elsewhere, and nothing found ever widens a permission.
@NullMarked
package dev.tollgate.inspection;

import org.jspecify.annotations.NullMarked;
