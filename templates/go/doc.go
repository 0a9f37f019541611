// Package examplecodes has the error codes that charging stations of one vendor send over OCPP: what each means, for
// which firmware release, and whether charging may go on.
//
// [DecodeStatusNotification] and [DecodeNotifyEvent] go from a message to what it means, [Lookup] from a code, and
// [FindCodes] gives the codes of a product or a connector. A code that no document has is answered as unknown, not as
// an error: a charger may run a newer firmware than the documents are for. What is answered is the caller's own;
// nothing done to it changes the catalogue.
package examplecodes
