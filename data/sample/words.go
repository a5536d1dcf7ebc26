package sample

import (
	"fmt"
	"strings"
)

// The words that made-up customers are made of. Names are common ones, joined
// by chance.
var (
	givenNames = strings.Fields(`Aarav Aditi Ajay Akash Alok Amit Ananya Anil Anita Anjali Arjun Asha Ashok Bhavna Chetan
		Darshan Deepa Deepak Devika Dinesh Divya Farhan Farida Ganesh Gauri Geeta Girish Harish Harshad Hema Imran Indira
		Ishaan Jaya Jyoti Kabir Kailash Kajal Karan Kavita Kiran Krishna Lakshmi Lata Leela Madhav Mahesh Manisha Manoj
		Meena Meera Mohan Mukesh Nandini Naresh Naveen Neeta Nikhil Nisha Nitin Pallavi Pankaj Parvati Pooja Prakash
		Pramod Pranav Pratik Priya Radha Rahul Rajesh Rakesh Ramesh Rashmi Rekha Rohan Sachin Sagar Salma Sandeep Sanjay
		Sarita Savita Seema Shabana Shankar Sharad Shilpa Shruti Smita Sneha Sunil Sunita Suresh Swati Tanvi Usha Vandana
		Varsha Vijay Vikram Vinod Vishal Yash Yogesh Zubair`)
	familyNames = strings.Fields(`Agarwal Ahuja Banerjee Bhatia Bhatt Bhosale Chatterjee Chaudhari Chauhan Chavan Dalal
		Das Desai Deshmukh Deshpande Dubey Dutta Fernandes Gaikwad Gandhi Ghosh Gokhale Goswami Gupta Iyer Jadhav Jain
		Joshi Kadam Kale Kamble Kapoor Khan Khanna Kulkarni Kumar Malhotra Mehta Menon Mishra Mukherjee Nair Naik Pandey
		Pandit Parmar Patel Pathak Patil Pawar Pillai Prasad Purohit Qureshi Rajput Rane Rao Rathod Reddy Sahu Sawant
		Saxena Sengupta Shah Shaikh Sharma Shetty Shinde Shukla Singh Sinha Solanki Srinivasan Subramaniam Tambe Thakur
		Tiwari Trivedi Upadhyay Varma Venkataraman Vyas Wagh Yadav`)
	devanagariGiven = strings.Fields(`अनिल अनिता आशा कविता किरण गणेश गौरी जयश्री दीपक नितीन निशा पूजा प्रकाश प्रिया
		महेश मीना मोहन योगेश राजेश रमेश रेखा लक्ष्मी विजय विनोद संजय सुनील सुनीता सुरेश स्वाती हेमा`)
	devanagariFamily = strings.Fields(`कांबळे कुलकर्णी खान गायकवाड गुप्ता चव्हाण जाधव जोशी ठाकूर देशपांडे देशमुख पवार
		पाटील प्रसाद भोसले मिश्रा मेहता यादव राजपूत राठोड वर्मा शर्मा शिंदे शुक्ला सावंत सोलंकी`)
	sources   = []string{"CTWA Ad", "Walk-in", "Website", "WhatsApp", "Import", ""}
	noteWords = strings.Fields(`asked about the price list and delivery on Saturday called again no answer wants wholesale
		rate for trial order catalogue sent by message confirmed address invoice settled next week after festival`)
	tags   = makeTags()
	places = makePlaces()
)

const tagCount = 40

func makeTags() []string {
	out := strings.Split("VIP,Retail,Wholesale,Cold,Follow up,Exhibition,Brendon Travel,Diwali 2025,Diwali 2024,New", ",")
	for i := len(out); i < tagCount; i++ {
		out = append(out, fmt.Sprintf("Campaign %02d", i))
	}
	return out
}

type place struct{ city, state string }

func makePlaces() []place {
	var out []place
	for line := range strings.SplitSeq(strings.TrimSpace(cities), "\n") {
		state, names, _ := strings.Cut(line, ": ")
		for name := range strings.SplitSeq(names, ", ") {
			out = append(out, place{name, strings.TrimSpace(state)})
		}
	}
	return out
}

// cities are 200 of India, by state.
const cities = `
Maharashtra: Mumbai, Pune, Nagpur, Thane, Nashik, Kalyan, Vasai, Aurangabad, Navi Mumbai, Solapur, Kolhapur, Amravati, Nanded, Sangli, Malegaon, Jalgaon, Akola, Latur, Dhule, Ahmednagar, Chandrapur, Parbhani, Satara, Ratnagiri, Wardha
Gujarat: Ahmedabad, Surat, Vadodara, Rajkot, Bhavnagar, Jamnagar, Junagadh, Gandhinagar, Anand, Navsari, Morbi, Bharuch, Vapi, Mehsana, Bhuj, Porbandar
Uttar Pradesh: Lucknow, Kanpur, Ghaziabad, Agra, Meerut, Varanasi, Prayagraj, Bareilly, Aligarh, Moradabad, Saharanpur, Gorakhpur, Noida, Firozabad, Jhansi, Mathura, Ayodhya, Rampur
Tamil Nadu: Chennai, Coimbatore, Madurai, Tiruchirappalli, Salem, Tirunelveli, Tiruppur, Erode, Vellore, Thoothukudi, Dindigul, Thanjavur, Hosur, Nagercoil, Kanchipuram, Karur
Karnataka: Bengaluru, Mysuru, Hubballi, Mangaluru, Belagavi, Kalaburagi, Davanagere, Ballari, Vijayapura, Shivamogga, Tumakuru, Udupi, Hassan, Bidar
West Bengal: Kolkata, Howrah, Durgapur, Asansol, Siliguri, Bardhaman, Malda, Kharagpur, Haldia, Darjeeling
Rajasthan: Jaipur, Jodhpur, Kota, Bikaner, Ajmer, Udaipur, Bhilwara, Alwar, Sikar, Pali, Bharatpur
Madhya Pradesh: Indore, Bhopal, Jabalpur, Gwalior, Ujjain, Sagar, Dewas, Satna, Ratlam, Rewa, Katni
Andhra Pradesh: Visakhapatnam, Vijayawada, Guntur, Nellore, Kurnool, Rajahmundry, Tirupati, Kakinada, Kadapa, Anantapur
Telangana: Hyderabad, Warangal, Nizamabad, Karimnagar, Khammam, Ramagundam
Bihar: Patna, Gaya, Bhagalpur, Muzaffarpur, Darbhanga, Purnia, Arrah
Kerala: Thiruvananthapuram, Kochi, Kozhikode, Kollam, Thrissur, Kannur, Alappuzha, Palakkad, Kottayam
Punjab: Ludhiana, Amritsar, Jalandhar, Patiala, Bathinda, Mohali
Haryana: Faridabad, Gurugram, Panipat, Ambala, Rohtak, Hisar, Karnal
Odisha: Bhubaneswar, Cuttack, Rourkela, Sambalpur, Puri
Jharkhand: Ranchi, Jamshedpur, Dhanbad, Bokaro, Deoghar
Chhattisgarh: Raipur, Bhilai, Bilaspur, Korba
Assam: Guwahati, Silchar, Dibrugarh, Jorhat
Uttarakhand: Dehradun, Haridwar, Roorkee, Haldwani
Himachal Pradesh: Shimla, Solan, Mandi
Goa: Panaji, Margao, Vasco da Gama
Delhi: New Delhi, Delhi
Jammu and Kashmir: Srinagar, Jammu
Tripura: Agartala
Manipur: Imphal
`
