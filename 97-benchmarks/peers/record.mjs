// SPDX-License-Identifier: Apache-2.0
// The record that every peer serves: 25 fields, as large as Tollgate's answer for the same call.
export const record = Object.fromEntries(
  Array.from({ length: 25 }, (_, at) => [`field_${at}`, { value: `value ${at} of a record of 25 fields`, view: 'clear', rule: 'none' }]),
);
export const answer = { records: [{ values: record }] };
