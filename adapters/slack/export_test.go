package slack

// Handle lets a fuzz test bring deliveries without a network between.
var Handle = (*Slack).handle
