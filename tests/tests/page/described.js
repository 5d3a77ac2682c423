// WebSocket connection
const chatSocket = new WebSocket(
    'ws://' + window.location.host + '/ws/chat/' + roomId + '/'
);

// Send message
function sendMessage() {
    const message = document.getElementById('messageInput').value;
    chatSocket.send(JSON.stringify({
        'message': message
    }));
}

// Receive message
chatSocket.onmessage = function(e) {
    const data = JSON.parse(e.data);
    displayMessage(data.message, data.sender_type);
};

// HTTP fallback for WebSocket issues
function sendMessageHTTP(roomId, message) {
    fetch('/chat/send-message/', {
        method: 'POST',
        body: JSON.stringify({
            'room_id': roomId,
            'message': message
        })
    });
}
