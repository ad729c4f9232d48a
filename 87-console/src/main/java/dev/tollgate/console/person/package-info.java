// SPDX-License-Identifier: Apache-2.0
/// Who is at the console: people of the active bundle, their passkeys, enrolment codes and sessions.
@NullMarked
package dev.tollgate.console.person;

import org.jspecify.annotations.NullMarked;
