// Package outbox sends what stands in the store's outbox, in the background,
// while the store is open: e-mail by SMTP and WhatsApp messages by Meta's Cloud
// API. Being offline is normal: messages wait.
//
// What it promises: a message that is queued is never lost, whenever the
// program ends. It is marked as being sent, on disk, before anything goes out,
// and as sent as soon as the server has taken it. If the program ends between
// the server's taking it and that mark, it is sent a second time at the next
// start: neither SMTP nor the Cloud API lets a client ask whether a message
// was taken. An e-mail then has the same Message-ID as before, by which mail
// programs know the two as one.
//
// No mail goes out but over TLS, unless the server is this machine; there is no
// falling back. Nothing of a message can become a header: addresses are checked,
// and the subject is one line.
package outbox
